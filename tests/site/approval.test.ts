import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadApprovals } from '#content/approval.ts';
import { languages } from '#domain/kernel/language.ts';
import { translate } from '#i18n/translate.ts';
import { paths, splitLanguage, translated } from '#src/paths.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { builtAddresses } from '../support/routes.ts';
import { Visitor } from '../support/visitor.ts';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => endApp(app));

const publicPaths = [
  ...new Set([...builtAddresses(), paths.lookUp()].map((address) => splitLanguage(address).path)),
].sort();

/** In the present tense it reads as if somebody had. */
const claim =
  /jurist(en)?(, [^.,]+,)? (godkänner|har godkänt|säger ja|har sagt ja)|(lawyer|jurist)(, [^.,]+,)? (approves|has approved)/i;

test.each(languages)(
  'jurist A3: no public page in %s says that a lawyer approves, and each says that none has',
  async (language) => {
    expect(loadApprovals()).toEqual([]);
    const visitor = new Visitor(app.url);
    const unapproved = translate(language)('approval.none');
    for (const path of publicPaths) {
      const { text } = await visitor.get(translated(path, language));
      expect([path, text.includes(unapproved), claim.exec(text.replaceAll(unapproved, ''))?.[0]]).toEqual([
        path,
        true,
        undefined,
      ]);
    }
  },
);

test('jurist A3: no text of the interface says so either', () => {
  for (const language of languages) {
    const texts: Record<string, string> = JSON.parse(readFileSync(`content/ui/${language}.json`, 'utf8'));
    // Says until when it is written on every page.
    const claiming = Object.keys(texts).filter((key) => key !== 'admin.unapproved' && claim.test(texts[key] ?? ''));
    expect([language, claiming]).toEqual([language, []]);
  }
});
