import { join } from 'node:path';
import { paths } from '#src/paths.ts';
import { startApp } from '../support/app.ts';
import { withGoal } from './figure.ts';
import { inRounds, type Measure } from './measuring.ts';
import { measurePdfs as renderingRate } from './pdf-bench.ts';
import { writePeople } from './people.ts';
import { requestRate } from './request-rate.ts';

const seconds = 3;
const goal = 150;

/** Certificates as PDF a second: fetched over HTTP, and by the renderer alone. */
export const measurePdfs: Measure = async ({ course, folder, afterwards }) => {
  const dataDir = join(folder, 'pdfs');
  const [person] = await writePeople(dataDir, course, { count: 1, signedIn: 1 });
  const app = await startApp({ dataDir });
  afterwards(app.stop);
  const url = app.url + paths.certificatePdf(person?.certificate ?? '');
  const fetched: number[] = [];
  const rendered: number[] = [];
  await requestRate(url, { seconds });
  await inRounds(async () => {
    fetched.push(await requestRate(url, { seconds }));
    rendered.push(await renderingRate({ seconds }));
  });
  return [
    withGoal('certificates as PDF over HTTP', '/s', fetched, goal),
    withGoal('certificates as PDF, the renderer alone', '/s', rendered, goal),
  ];
};
