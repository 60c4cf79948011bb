/** Run by `npm start`: builds the site unless it has been built. `npm run build` builds it anew. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (!existsSync('dist/server/entry.mjs') || !existsSync('dist/routes.json')) {
  console.log('Bygger webbplatsen. Det tar ungefär en halv minut första gången.');
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}
