import type { ContentMistake } from '#content/read-yaml.ts';
import type { Content } from './read-content.ts';

/** A way of asking (content/asked) leads to an answer that is there, and stands once: nobody means two things by the same words. */
export function waysOfAskingLeadToOneAnswer({ asked, answers }: Content): ContentMistake[] {
  return Object.values(asked).flatMap((ways) => {
    const first = new Map<string, (typeof ways)[number]>();
    return ways.flatMap((way): ContentMistake[] => {
      const at = (problem: string, remedy: string) => ({
        file: way.file,
        field: `rad ${way.line}`,
        problem,
        remedy,
      });
      const before = first.get(way.text);
      first.set(way.text, before ?? way);
      return [
        ...(answers[way.id] ? [] : [at(`rådet ${way.id} finns inte`, 'ange ett råd i answers.yaml')]),
        ...(before
          ? [at(`”${way.text}” står redan under [${before.id}] i ${before.file}, rad ${before.line}`, 'behåll den ena')]
          : []),
      ];
    });
  });
}
