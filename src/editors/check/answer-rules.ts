import { answersFile } from '#content/answers.ts';
import { lessonSections } from '#content/lesson-sections.ts';
import { localNameIn } from '#content/municipality.ts';
import type { ContentMistake } from '#content/read-yaml.ts';
import { languages } from '#domain/kernel/language.ts';
import type { Content } from './read-content.ts';

/** An answer of the look-up names a lesson and a heading that are there, and only local names that are set. */
export function answersLeadToTheirLesson({ answers, lessons, municipality }: Content): ContentMistake[] {
  const at = (field: string, problem: string, remedy: string) => ({ file: answersFile, field, problem, remedy });
  return Object.entries(answers).flatMap(([id, answer]) => {
    const lesson = lessons.find(({ slug, language }) => slug === answer.lesson && language === 'sv');
    if (!lesson) return [at(`${id}.lesson`, `lektionen ${answer.lesson} finns inte`, 'ange en lektion i kursen')];
    const headings = lessonSections(lesson.body, 'sv').map(({ heading }) => heading);
    const isThere = answer.section === undefined || headings.includes(answer.section);
    const unknown = languages.flatMap((language) =>
      [...answer[language].matchAll(/\{(\w*)\}/g)]
        .filter(([, name = '']) => localNameIn(municipality, name, language) === undefined)
        .map(([written]) =>
          at(`${id}.${language}`, `${written} är inget lokalt namn`, 'namnen står i municipality.yaml'),
        ),
    );
    return [
      ...(isThere
        ? []
        : [
            at(
              `${id}.section`,
              `lektionen har ingen rubrik ”${answer.section}”`,
              'skriv rubriken som den står på svenska',
            ),
          ]),
      ...unknown,
    ];
  });
}
