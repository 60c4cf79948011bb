import { readFileSync, writeFileSync } from 'node:fs';
import { drawRooms, roomedLayers } from './rooms.ts';
import { imports } from './source-files.ts';

/** `npm run rooms`: draws the rooms of each layer from the code into docs/design.md, between the marks. */
const page = 'docs/design.md';
let text = readFileSync(page, 'utf8');
for (const layer of roomedLayers) {
  const [begin, end] = [`<!-- rooms of ${layer} -->`, `<!-- end of rooms of ${layer} -->`];
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
  if (start === -1 || stop === -1) throw new Error(`${page} has no place for the rooms of ${layer}`);
  const picture = ['', '```mermaid', drawRooms(layer, imports), '```', ''].join('\n');
  text = text.slice(0, start + begin.length) + picture + text.slice(stop);
}
writeFileSync(page, text);
