import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { translate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { Connections } from '../support/connections.ts';
import { addReadyPeople } from '../support/ready-people.ts';
import { withLimit, withoutAim } from './figure.ts';
import { splitCookie } from './first-visit.ts';
import { inRounds, type Measure } from './measuring.ts';

const limit = 150;
const visitsInARound = 4;

/** From navigation until a question of the exam can be answered, in a browser that has never been here. */
export const measureUsable: Measure = async ({ course, folder, afterwards }) => {
  const dataDir = join(folder, 'usable');
  const [person] = await addReadyPeople(dataDir, course, 1);
  const cookie = person?.cookie ?? '';
  const app = await startApp({ dataDir });
  afterwards(app.stop);
  const browser = await launchBrowser();
  afterwards(() => browser.close());
  const server = new Connections(app.url);
  afterwards(() => server.close());
  const { headers } = await server.post(paths.exam(), { cookie });
  const address = app.url + headers.location;
  // The first visit is the server's first as well: what it reads then is not what this is about.
  await visit(browser, address, cookie);
  const bare = createServer((_, response) => response.setHeader('content-type', 'text/html').end(onlyAnOption));
  await once(bare.listen(0, '127.0.0.1'), 'listening');
  afterwards(() => bare.close());
  const bareAddress = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`;
  const visits: Visit[] = [];
  const bareVisits: number[] = [];
  await inRounds(async () => {
    for (let number = 0; number < visitsInARound; number += 1) {
      bareVisits.push((await visit(browser, bareAddress, cookie, 'clickable')).clickable);
      visits.push(await visit(browser, address, cookie));
    }
  });
  const all = (mark: keyof Visit) => visits.map((times) => times[mark]);
  return [
    withoutAim('a page of one option and nothing else: it can be clicked', 'ms', bareVisits, limit),
    withLimit('exam page: an option can be clicked', 'ms', all('clickable'), limit),
    withLimit('exam page: a click is saved as an answer', 'ms', all('enhanced'), limit),
    withLimit('exam page: an answer has been given and saved', 'ms', all('saved'), limit),
  ];
};

/** Milliseconds since the navigation. */
interface Visit {
  readonly clickable: number;
  readonly enhanced: number;
  readonly saved: number;
}

/** What the browser itself takes, with a page that asks nothing of it. */
const onlyAnOption = '<!doctype html><title>Bare</title><p class="exam__item"><input type="radio">';

async function visit(
  browser: Browser,
  address: string,
  cookie: string,
  until: 'clickable' | 'saved' = 'saved',
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  await context.addCookies([{ ...splitCookie(cookie), url: new URL(address).origin }]);
  const page = await context.newPage();
  await page.addInitScript(answerAtOnce, translate('sv')('exam.saved'));
  await page.goto(address);
  await page.waitForFunction((mark) => performance.getEntriesByName(mark).length > 0, until);
  const times = await page.evaluate(() =>
    ['clickable', 'enhanced', 'saved'].map((name) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN),
  );
  await context.close();
  const [clickable = Number.NaN, enhanced = Number.NaN, saved = Number.NaN] = times;
  return { clickable, enhanced, saved };
}

/**
 * Runs in the page from its first moment: notes when an option stands on the screen, when the page's script has taken
 * over (it adds the place where “saved” is said), answers then, and notes when the page says that it is saved.
 */
function answerAtOnce(savedText: string): void {
  const isMarked = (name: string) => performance.getEntriesByName(name).length > 0;
  // In a conversation a reply is chosen first and then sent.
  const option = () =>
    document.querySelector<HTMLInputElement>(`.exam__item:not(:has(.lines)) [type=radio]:not(:checked)`);
  const look = () => {
    const statuses = [...document.querySelectorAll('[role=status]')];
    if (!isMarked('clickable') && (option()?.getBoundingClientRect().height ?? 0) > 0) performance.mark('clickable');
    if (!isMarked('enhanced') && statuses.length > 0) {
      performance.mark('enhanced');
      option()?.click();
    }
    // Each question has its own, and the first question drawn need not be one with options.
    if (!statuses.some((status) => status.textContent?.trim() === savedText)) return requestAnimationFrame(look);
    performance.mark('saved');
    return undefined;
  };
  requestAnimationFrame(look);
}
