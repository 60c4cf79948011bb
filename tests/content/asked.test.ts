import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadAnswers } from '#content/answers.ts';
import { loadWaysOfAsking } from '#content/asked.ts';
import { contentDir } from '#content/read-yaml.ts';
import { waysOfAskingLeadToOneAnswer } from '#editors/check/asked-rules.ts';
import { readContent } from '#editors/check/read-content.ts';

describe('ways of asking', () => {
  test.for(['sv', 'en'] as const)('are there in %s for every advice', (language) => {
    const asked = new Set(loadWaysOfAsking(language).map(({ id }) => id));
    expect(Object.keys(loadAnswers()).filter((id) => !asked.has(id))).toEqual([]);
  });

  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'asked-'));
    mkdirSync(join(dir, 'asked/sv'), { recursive: true });
  });
  afterEach(() => rmSync(dir, { recursive: true }));
  const write = (text: string) => writeFileSync(join(dir, 'asked/sv/fragor.txt'), text);

  test('are read with the advice above them; plain Swedish shares the Swedish', () => {
    write('# om polisen\n[polisen]\nsnuten ringde\n\n[journalist]\ntidningen ringde\n');
    const read = loadWaysOfAsking('sv-simple', dir).map(({ id, text, line }) => [id, text, line]);
    expect(read).toEqual([
      ['polisen', 'snuten ringde', 3],
      ['journalist', 'tidningen ringde', 6],
    ]);
  });

  test.for([
    ['snuten ringde\n', /fragor\.txt: rad 1: .*inte under något råd/],
    ['[polisen]\nSnuten ringde!\n', /fragor\.txt: rad 2: .*versaler eller skiljetecken/],
  ] as const)('that cannot be read are named: %j', ([text, problem]) => {
    write(text);
    expect(() => loadWaysOfAsking('sv', dir)).toThrow(problem);
  });

  test('that stand twice, or ask for what is not there, are mistakes', () => {
    const read = readContent(contentDir);
    if (!read.ok) throw new Error('the content cannot be read');
    write('[polisen]\nsnuten ringde\n[journalist]\nsnuten ringde\n[borta]\nnågot annat\n');
    const asked = { sv: loadWaysOfAsking('sv', dir), en: [] };
    const problems = waysOfAskingLeadToOneAnswer({ ...read.content, asked }).map(({ problem }) => problem);
    expect(problems).toEqual([expect.stringContaining('står redan under [polisen]'), 'rådet borta finns inte']);
  });
});
