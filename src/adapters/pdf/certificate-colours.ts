/** The light values of `src/styles/tokens.css`: the certificate is the same card. */
export const colours = {
  surface: '#fffdf8',
  ink: '#1b2925',
  muted: '#4b5a54',
  pine: '#0c5a48',
  pineDeep: '#083f33',
  band: '#0b4a3c',
  sun: '#f4b93a',
  /** Sun, a shade darker: only for the pattern in the sun band. */
  sunLine: '#e6a822',
  sunSoft: '#fdeec8',
  brick: '#a2321c',
  rose: '#f7dfd6',
  roseLine: '#e6bfb2',
  line: '#d5d9cf',
  white: '#ffffff',
} as const;
