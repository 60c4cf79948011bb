import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from '#src/paths.ts';
import { startApp } from '../support/app.ts';
import { startChildServer } from './child-server.ts';
import { startEmptySite } from './empty-site.ts';
import type { Figure } from './figure.ts';
import { inRounds, type Measure } from './measuring.ts';
import { writePeople } from './people.ts';
import { requestRate } from './request-rate.ts';

const seconds = 4;
/** What every browser sends. */
const browserHeaders = { 'accept-encoding': 'gzip, deflate, br' };

/** Requests a second of a lesson page beside a bare server with the same bytes, and of Min sida beside an empty page of Astro. */
export const measurePages: Measure = async ({ course, folder, afterwards }) => {
  const lesson = paths.lesson(course.lessons[0] ?? '');
  const file = join('dist/client', lesson, 'index.html.br');
  if (!existsSync(file)) throw new Error(`${file} is missing: npm run build`);
  const dataDir = join(folder, 'pages');
  const [person] = await writePeople(dataDir, course, { count: 100, signedIn: 1 });
  const cookie = person?.cookie ?? '';
  const app = await startApp({ dataDir });
  afterwards(app.stop);
  const bare = await startChildServer('tests/bench/bare-server.ts', [file, 'br']);
  afterwards(bare.stop);
  const empty = await startEmptySite(join(folder, 'empty-site'));
  afterwards(empty.stop);
  const rates = {
    lesson: numbers(),
    bare: numbers(),
    myPage: numbers(),
    myPageCompressed: numbers(),
    empty: numbers(),
  };
  const rate = (url: string, headers = {}) => requestRate(url, { seconds, headers });
  for (const url of [app.url + lesson, `${app.url}${paths.myPage()}`, bare.url, empty.url]) {
    await requestRate(url, { seconds: 2, headers: { cookie } });
  }
  await inRounds(async () => {
    rates.lesson.push(await rate(app.url + lesson, browserHeaders));
    rates.bare.push(await rate(bare.url, browserHeaders));
    rates.empty.push(await rate(empty.url));
    rates.myPage.push(await rate(app.url + paths.myPage(), { cookie }));
    rates.myPageCompressed.push(await rate(app.url + paths.myPage(), { cookie, ...browserHeaders }));
  });
  const emptyPage = { name: 'empty Astro page', values: rates.empty };
  return [
    {
      what: 'lesson page',
      unit: '/s',
      measured: rates.lesson,
      beside: { name: 'bare node:http', values: rates.bare },
      aim: { atLeast: 0.4 },
    },
    { what: 'Min sida', unit: '/s', measured: rates.myPage, beside: emptyPage, aim: { atLeast: 0.6 } },
    {
      what: 'Min sida, compressed as for a browser',
      unit: '/s',
      measured: rates.myPageCompressed,
      beside: emptyPage,
    },
  ] satisfies Figure[];
};

function numbers(): number[] {
  return [];
}
