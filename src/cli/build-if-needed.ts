/** Run by `npm start`: builds the site unless what is built is of what is here. `npm run build` builds it anew. */
import { spawnSync } from 'node:child_process';
import { wrongPackages } from '../build/packages.ts';
import { buildState } from '../build/stamp.ts';

const why = {
  none: 'Bygger webbplatsen.',
  changed: 'Källan, innehållet eller inställningarna har ändrats sedan webbplatsen byggdes. Bygger om.',
} as const;

const wrong = wrongPackages();
if (wrong.length > 0) {
  const some = `${wrong.slice(0, 3).join(', ')}${wrong.length > 3 ? ' med flera' : ''}`;
  console.error(`Paketen är inte de som package-lock.json anger (${some}). Kör npm ci och starta sedan igen.`);
  process.exit(1);
}
const state = buildState();
if (state !== 'current') {
  console.log(`${why[state]} Det tar ungefär en halv minut.`);
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0 || buildState() !== 'current') {
    // What a build says is of use to whoever has to mend it, and to nobody else.
    process.stderr.write(stdout + stderr);
    console.error(
      'Webbplatsen gick inte att bygga, och servern startar inte på en gammal. Vad bygget sade står ovanför. Innehållet prövas med npm run content:check, och npm ci hämtar paketen på nytt.',
    );
    process.exit(status || 1);
  }
}
