import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readGuidelineDocuments } from '#content/guidelines.ts';
import { runCommand, snapshot, withAllFiles } from './editor-commands.ts';
import { writeTree } from './small-content.ts';

let dir = '';
beforeEach(() => {
  dir = writeTree(withAllFiles);
});
afterEach(() => rmSync(dir, { recursive: true }));

const fixture = 'tests/fixtures/guidelines/paged.pdf.txt';
const run = (...args: readonly string[]) => runCommand('import', ...args, '--content', dir);

// Starting Node takes its time where many tests run beside each other.
describe('npm run content:import', { timeout: 30_000 }, () => {
  test('writes a source file and a lesson draft for each chapter, and says so', () => {
    const { stdout, status } = run(fixture);
    expect(stdout).toContain('S6 · Riktlinje för tystnad i biblioteket · 5 avsnitt');
    expect(stdout).toContain('guidelines/S6.yaml');
    expect(status).toBe(0);
    expect(readGuidelineDocuments(dir).sources.map(({ id }) => id)).toEqual(['S1', 'S2', 'S3', 'S4', 'S5', 'S6']);
    const written = snapshot(join(dir, 'drafts'));
    expect([...written.keys()].filter((file) => file.endsWith('.mdx')).sort()).toEqual([
      'S6/inledning/sv.mdx',
      'S6/tystnad/sv.mdx',
      'S6/uppfoljning/sv.mdx',
    ]);
    expect(written.get('S6/tystnad/sv.mdx')).toContain('## Vad som räknas\n\n<Rule claims="">');
  });

  test('run again changes nothing, finds its file by the title, and leaves filled drafts alone', () => {
    run(fixture);
    writeFileSync(join(dir, 'drafts/S6/inledning/sv.mdx'), 'Skrivet av en redaktör.');
    const before = snapshot(dir);
    const { stdout, status } = run(fixture);
    expect(stdout).toContain('Ingenting har ändrats');
    expect(status).toBe(0);
    expect(snapshot(dir)).toEqual(before);
  });

  test('a draft that was moved into the course does not come back', () => {
    run(fixture);
    rmSync(join(dir, 'drafts'), { recursive: true });
    run(fixture);
    expect([...snapshot(dir).keys()].filter((file) => file.startsWith('drafts'))).toEqual([]);
  });

  test('a new edition is known by its headings when its title is another', () => {
    run(fixture);
    const next = join(dir, 'ny.txt');
    writeFileSync(
      next,
      readFileSync(fixture, 'utf8')
        .replace('Riktlinje för tystnad', 'Ny riktlinje för tystnad')
        .replace('vart tredje år', 'varje år'),
    );
    expect(run(next).stdout).toMatch(/^S6 [\s\S]*\nÄndrade avsnitt, .*: S6-3\n/);
  });

  test('on trial writes nothing', () => {
    const before = snapshot(dir);
    const { stdout, status } = run(fixture, '--dry-run');
    expect(stdout).toContain('Skulle skriva:');
    expect(status).toBe(0);
    expect(snapshot(dir)).toEqual(before);
  });

  test('the check reads what was imported: a section without claims is allowed', () => {
    run(fixture);
    expect(runCommand('check', dir).stdout).not.toContain('S6');
  });

  test('names everything that is wrong, and leaves nothing behind', () => {
    const broken = join(dir, 'trasig.docx');
    writeFileSync(broken, 'PK\u0003\u0004 halva filen');
    const before = snapshot(dir);
    const { stdout, status } = run(broken, 'en-till.txt', '--id', 'L', '--edition', 'igår', '--titel', 'X');
    for (const field of ['trasig.docx', 'ord för mycket', '--id · L', '--edition · igår', '--titel · är inget val']) {
      expect(stdout).toContain(field);
    }
    expect(stdout).toContain('Ingenting har skrivits.');
    expect(status).toBe(1);
    expect(snapshot(dir)).toEqual(before);
  });

  test('a source file that is broken is named and kept', () => {
    run(fixture);
    writeFileSync(join(dir, 'guidelines/S6.yaml'), 'id: S6\ntitle: [\n');
    const before = snapshot(dir);
    const { stdout, status } = run(fixture, '--id', 'S6');
    expect(stdout).toMatch(/guidelines\/S6\.yaml · .+ · rätta filen/);
    expect(status).toBe(1);
    expect(snapshot(dir)).toEqual(before);
  });

  test('a folder where the file should be written leaves nothing half done', () => {
    mkdirSync(join(dir, 'guidelines/S7.yaml/x'), { recursive: true });
    const before = snapshot(dir);
    expect(run(fixture, '--id', 'S7').status).not.toBe(0);
    expect(snapshot(dir)).toEqual(before);
  });

  test('without a file, and with one that is not there', () => {
    expect(run().stdout).toContain('fil · saknas');
    expect(run('finns-inte.docx').stdout).toContain('finns-inte.docx · finns inte');
  });
});
