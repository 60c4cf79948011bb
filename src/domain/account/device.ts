/** What a device is called in the list of one's sessions: enough to know one's own by, too little to follow anybody by. */
export interface Device {
  readonly browser: DeviceBrowser;
  readonly system: DeviceSystem;
}

export const deviceBrowsers = ['chrome', 'edge', 'firefox', 'opera', 'safari', 'samsung', 'other'] as const;
export type DeviceBrowser = (typeof deviceBrowsers)[number];

export const deviceSystems = ['android', 'chromeos', 'ios', 'linux', 'macos', 'windows', 'other'] as const;
export type DeviceSystem = (typeof deviceSystems)[number];

export const unknownDevice: Device = { browser: 'other', system: 'other' };

/** The first that fits: nearly every browser calls itself Chrome or Safari too, and Android calls itself Linux. */
const browserMarks: readonly (readonly [RegExp, DeviceBrowser])[] = [
  [/\bEdg(e|A|iOS)?\//, 'edge'],
  [/\bOP(R|T|X)\/|\bOpera\b/, 'opera'],
  [/\bSamsungBrowser\//, 'samsung'],
  [/\b(Firefox|FxiOS)\//, 'firefox'],
  [/\b(Chrome|CriOS|Chromium)\//, 'chrome'],
  [/\bSafari\//, 'safari'],
];

const systemMarks: readonly (readonly [RegExp, DeviceSystem])[] = [
  [/\b(iPhone|iPad|iPod)\b/, 'ios'],
  [/\bAndroid\b/, 'android'],
  [/\bCrOS\b/, 'chromeos'],
  [/\bWindows\b/, 'windows'],
  [/\b(Macintosh|Mac OS X)\b/, 'macos'],
  [/\bLinux\b/, 'linux'],
];

/** Longer than any that is honest; the rest is not looked at. */
const longestUserAgent = 512;

/** @example deviceOf('Mozilla/5.0 (Linux; Android 10; K) … Chrome/140.0.0.0 Mobile Safari/537.36') // Chrome on Android */
export function deviceOf(userAgent: string | null | undefined): Device {
  const text = (userAgent ?? '').slice(0, longestUserAgent);
  const first = <T>(marks: readonly (readonly [RegExp, T])[]) => marks.find(([mark]) => mark.test(text))?.[1];
  return { browser: first(browserMarks) ?? 'other', system: first(systemMarks) ?? 'other' };
}
