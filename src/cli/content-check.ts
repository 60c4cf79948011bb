import { relative, resolve } from 'node:path';
import { ContentError } from '#content/read-yaml.ts';

/** `npm run content:check`: every rule about content. A content folder may be given. See docs/how-to/check-content.md. */
const dir = resolve(process.argv[2] ?? 'content');

try {
  // Loaded here, not above: the municipality's file is read as its module loads, and may be what is broken.
  const { checkContent } = await import('#editors/check/check-content.ts');
  const { reportOf } = await import('#editors/check/report.ts');
  const checked = checkContent(dir);
  console.log(reportOf(checked, relative(process.cwd(), dir)));
  if (!checked.ok) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof ContentError)) throw error;
  console.log(error.message);
  process.exitCode = 1;
}
