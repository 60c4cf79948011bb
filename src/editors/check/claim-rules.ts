import { answersFile } from '#content/answers.ts';
import { decisionPathFile } from '#content/decision-path.ts';
import { exercisesFolder } from '#content/exercise-files.ts';
import { claimFile, leftOutFile, scenarioFile } from '#content/files.ts';
import { type Claim, sourceIds } from '#content/guidelines.ts';
import { idsIn } from '#content/mdx-tags.ts';
import type { ContentMistake } from '#content/read-yaml.ts';
import type { ClaimId } from '#domain/course/scenario.ts';
import { coverageOf } from './coverage.ts';
import type { Content } from './read-content.ts';
import { partsOf } from './scenario-parts.ts';

/** The sources whose every claim must be taught and tested: all of them, and the legal notes. */
export const wholeSources: readonly string[] = [...sourceIds, 'L'];

interface Citation {
  readonly file: string;
  readonly field: string;
  readonly claims: readonly ClaimId[];
}

/** Every place that cites claims: rules of lessons, options, steps and replies of scenarios, exercises, the path and the answers. */
function citationsIn({ lessons, course, decisionPath, answers }: Content): Citation[] {
  const inLessons = lessons.flatMap(({ file, tags }) =>
    tags
      .filter((tag) => tag.name === 'Rule' && tag.kind !== 'closes')
      .map((tag) => ({ file, field: `rad ${tag.line} <Rule claims>`, claims: idsIn(tag.attributes.get('claims')) })),
  );
  const inScenarios = [...course.scenarios.values()].flatMap((scenario) =>
    partsOf(scenario).map(({ field, claims }) => ({
      file: scenarioFile(scenario.id),
      field: `${field}.claims`,
      claims,
    })),
  );
  const inExercises = [...course.exercises.values()].flatMap(({ id, parts }) =>
    parts.map((part) => ({
      file: `${exercisesFolder}/${id}/exercise.yaml`,
      field: `parts ${part.id}`,
      claims: part.claims,
    })),
  );
  const inPath = Object.entries({ ...decisionPath.nodes, ...decisionPath.ends }).map(([id, { claims }]) => ({
    file: decisionPathFile,
    field: `${id}.claims`,
    claims,
  }));
  const inAnswers = Object.entries(answers).map(([id, { claims }]) => ({
    file: answersFile,
    field: `${id}.claims`,
    claims,
  }));
  return [...inLessons, ...inScenarios, ...inExercises, ...inPath, ...inAnswers];
}

export function everyRuleHasClaims(content: Content): ContentMistake[] {
  return citationsIn(content)
    .filter(({ claims }) => claims.length === 0)
    .map(({ file, field }) => ({
      file,
      field,
      problem: 'regeln har inget påstående att vila på',
      remedy: 'skriv dess id:n i claims="…", eller ta bort <Rule> om stycket inte är en regel',
    }));
}

export function citedClaimsExist(content: Content): ContentMistake[] {
  const { claims } = content.guidelines;
  const inNotes = [...claims.values()].map((claim) => ({
    file: claimFile(claim.source),
    field: `${claim.id}.notes`,
    claims: claim.notes,
  }));
  return [...citationsIn(content), ...inNotes].flatMap(({ file, field, claims: cited }) =>
    cited
      .filter((id) => !claims.has(id))
      .map((id) => ({
        file,
        field,
        problem: `${id} finns inte`,
        remedy: 'rätta id:t; alla står i content/guidelines',
      })),
  );
}

/**
 * A claim that is wrong or overtaken is never taught in the source's wording. It may stand beside a paragraph or an
 * option only together with at least one of the legal notes that correct it: then what is taught is the note's wording.
 */
export function wrongClaimsAreCorrected(content: Content): ContentMistake[] {
  const { claims } = content.guidelines;
  return citationsIn(content).flatMap(({ file, field, claims: cited }) =>
    cited
      .flatMap((id) => claims.get(id) ?? [])
      .filter((claim) => isWrong(claim) && !claim.notes.some((note) => cited.includes(note)))
      .map((claim) => ({
        file,
        field,
        problem: `${claim.id} är ${claim.status === 'wrong' ? 'fel' : 'inaktuellt'} i källan och står utan den notering som rättar det`,
        remedy: `ange också ${claim.notes.join(' eller ')} och skriv som noteringen säger, eller ta bort ${claim.id}`,
      })),
  );
}

/** Legal notes that say “Utelämnas”, and claims on other things than this course, are cited nowhere. */
export function leftOutClaimsAreNotCited(content: Content): ContentMistake[] {
  const { claims } = content.guidelines;
  return citationsIn(content).flatMap(({ file, field, claims: cited }) =>
    cited
      .filter((id) => claims.get(id)?.status === 'outside')
      .map((id) => ({
        file,
        field,
        problem: `${id} är utelämnad ur kursen`,
        remedy: 'ange något som kursen lär ut, eller ta bort id:t',
      })),
  );
}

export function claimsAreTaughtAndTested(content: Content): ContentMistake[] {
  const coverage = coverageOf(content);
  const isLeftOut = (id: ClaimId, part: string) =>
    content.leftOut.some((entry) => entry.claim === id && entry.part === part);
  return [...content.guidelines.claims.values()]
    .filter(({ source }) => wholeSources.includes(source))
    .flatMap(({ id, source }) => {
      const where = { file: claimFile(source), field: id };
      const mistakes: ContentMistake[] = [];
      if (coverage.get(id)?.taughtIn.length === 0 && !isLeftOut(id, 'taught')) {
        mistakes.push({
          ...where,
          problem: 'lärs inte ut i någon lektion',
          remedy: `ange det i en <Rule claims="…">, eller skriv skälet i ${leftOutFile}`,
        });
      }
      if (coverage.get(id)?.testedIn.length === 0 && !isLeftOut(id, 'tested')) {
        mistakes.push({
          ...where,
          problem: 'prövas inte av något rätt svar',
          remedy: `ange det på ett rätt alternativ, steg eller svar, eller skriv skälet i ${leftOutFile}`,
        });
      }
      return mistakes;
    });
}

export function leftOutIsNeeded(content: Content): ContentMistake[] {
  const coverage = coverageOf(content);
  const { claims } = content.guidelines;
  return content.leftOut.flatMap(({ claim, part, note }, place) => {
    const mistakes: ContentMistake[] = [];
    const add = (field: string, problem: string, remedy: string) => {
      mistakes.push({ file: leftOutFile, field: `${place}.${field}`, problem, remedy });
    };
    const covered = coverage.get(claim);
    if (!covered) add('claim', `${claim} finns inte`, 'rätta id:t; alla står i content/guidelines');
    if (claims.get(note)?.source !== 'L')
      add('note', `${note} är ingen rättslig notering`, 'ange en notering ur guidelines/notes.yaml');
    const places = (part === 'taught' ? covered?.taughtIn : covered?.testedIn) ?? [];
    if (places.length > 0) {
      add(
        'part',
        `${claim} ${part === 'taught' ? 'lärs ut' : 'prövas'} redan i ${places.join(', ')}`,
        'ta bort posten',
      );
    }
    if (content.leftOut.findIndex((entry) => entry.claim === claim && entry.part === part) < place) {
      add('claim', `${claim} står två gånger med samma part`, 'ta bort den ena posten');
    }
    return mistakes;
  });
}

function isWrong({ status }: Claim): boolean {
  return status === 'wrong' || status === 'outdated';
}
