import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  // What draws in software needs no process of its own, and each window comes up in three quarters of the time.
  '--in-process-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

function systemBrowser(): string | undefined {
  return process.env['BROWSER_FROM_NPM'] ? undefined : systemBrowsers.find((file) => existsSync(file));
}

/** Unpacks the browser of the npm package, where it is the one: files that run beside each other would write over each other. */
export async function prepareBrowser(): Promise<void> {
  if (!systemBrowser()) await unpackChromium();
}

/** The system's Chromium where there is one, else the one that an npm package carries. */
export async function launchBrowser(): Promise<Browser> {
  const system = systemBrowser();
  if (system) return chromium.launch({ executablePath: system, args: flags });
  const packed = await unpackChromium();
  return chromium.launch({
    executablePath: packed.file,
    args: [...flags, '--no-zygote', '--headless=shell'],
    env: packed.env,
  });
}

/**
 * `@sparticuz/chromium` brings libnss3 and libnspr4 too, but unpacks them only where it believes to be in the cloud it
 * was made for: it looks at this variable when it is imported, and sets LD_LIBRARY_PATH and FONTCONFIG_PATH.
 */
async function unpackChromium(): Promise<{ file: string; env: Record<string, string> }> {
  const marker = 'AWS_LAMBDA_JS_RUNTIME';
  process.env[marker] = 'nodejs24.x';
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    packed.setGraphicsMode = false;
    const file = await packed.executablePath();
    return { file, env: { ...process.env } as Record<string, string> };
  } finally {
    delete process.env[marker];
  }
}
