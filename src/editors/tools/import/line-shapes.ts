/** What a line of a printed text looks like. All functions take lines without blanks at their ends. */

const bullet = /^(?:[•\-–—*]|o(?=\s))\s+/u;

/** The text of a bullet, without its mark. */
export function bulletText(line: string): string | undefined {
  return bullet.test(line) ? line.replace(bullet, '') : undefined;
}

/** Dashes also stand in the middle of sentences, so at the start of a wrapped line. */
export function startsWithDash(line: string): boolean {
  return /^[-–—]\s/u.test(line);
}

export interface NumberedLine {
  /** Without a last stop: `2.3` */
  readonly number: string;
  /** What stands behind the number: `.`, `:`, `)` or nothing. */
  readonly stop: string;
  readonly text: string;
}

/** `2 Sekretess`, `2. SEKRETESS`, `2.3.Yttre och inre sekretess`, `Kapitel 2: Sekretess`. */
export function numberedLine(line: string): NumberedLine | undefined {
  const match =
    /^(?:(?:kapitel|kap\.|avsnitt)\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})([.:)]?)(?:\s+|(?<=\.)(?=\p{Lu}))(.+)$/iu.exec(line);
  const [, number = '', stop = '', text = ''] = match ?? [];
  return match && startsHigh(text) ? { number, stop, text } : undefined;
}

/** Starts with a capital letter, perhaps within a quotation. */
export function startsHigh(line: string): boolean {
  return /^[”"'(]?\p{Lu}/u.test(line);
}

export function startsLow(line: string): boolean {
  return /^[”"'(]?\p{Ll}/u.test(line);
}

/** Ends as a sentence does. */
export function endsSentence(line: string): boolean {
  return /[.!?:;][”")\]]?$/u.test(line);
}

export function isAddress(line: string): boolean {
  return /^(?:https?:\/\/|www\.)\S+$/iu.test(line);
}

/** `2 (3)`, `Sida 2 av 3`, `– 2 –`, or a number alone. */
export function isPageNumber(line: string): boolean {
  return /^(?:\d{1,3}\s*\(\d{1,3}\)|(?:sid(?:a|an)?\.?|s\.)\s*\d{1,3}(?:\s*(?:av|\/|\()\s*\d{1,3}\)?)?|\d{1,3}\s*(?:av|\/)\s*\d{1,3}|[-–—]\s*\d{1,3}\s*[-–—]|\d{1,3})$/iu.test(
    line,
  );
}

/** A running header with the page's number in it: `Påhittade kommun    Sida 2 (3)`. */
export function endsWithPageNumber(line: string): boolean {
  return /(?:\s{2,}|\bsid(?:a|an)\s+)(?:sida\s+)?\d{1,3}\s?(?:\(\d{1,3}\)|av\s\d{1,3})$/iu.test(line);
}

/** In a text of proportional letters, a wrapped line may be so much shorter than the longest. */
const shareOfWidth = 0.82;

/** The line goes on below because the next word did not fit: it was not broken on purpose. */
export function isFull(line: string, next: string, width: number): boolean {
  const [word = ''] = next.split(' ', 1);
  return line.length + 1 + word.length > width * shareOfWidth;
}

const keepsHyphen = /^(?:och|eller|samt|respektive)\b/u;

/**
 * Two lines of one paragraph. A hyphen at the end goes, unless it belongs to the word.
 *
 * @example joinLines('sekretess-', 'belagd uppgift') // 'sekretessbelagd uppgift'
 * @example joinLines('hälso-', 'och sjukvård') // 'hälso- och sjukvård'
 * @example joinLines('LSS-', 'verksamhet') // 'LSS-verksamhet'
 */
export function joinLines(line: string, next: string): string {
  if (!/\p{L}-$/u.test(line) || !startsLow(next) || keepsHyphen.test(next)) return `${line} ${next}`;
  const ownHyphen = /(?:\p{Lu}|(?<!\p{L})\p{L})-$/u.test(line);
  return ownHyphen ? line + next : line.slice(0, -1) + next;
}
