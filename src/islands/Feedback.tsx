import type { ClaimDescription } from '#content/sources.ts';
import type { PublicQuestion } from '#domain/course/question.ts';
import { type PracticeFeedback, type Verdict, verdictOf } from './practice-feedback.ts';
import type { PracticeTexts } from './texts.ts';

type Part = PracticeFeedback['parts'][number];

interface JudgedProps {
  readonly part: Part;
  readonly verdict: Verdict | undefined;
  readonly lang: 'sv' | undefined;
  readonly texts: PracticeTexts;
}

/** Each option with what came of it: why, and what to say instead. The ones chosen first. */
export function Feedback({
  feedback,
  kind,
  texts,
}: {
  feedback: PracticeFeedback;
  kind: PublicQuestion['kind'];
  texts: PracticeTexts;
}) {
  const { right, parts, remember, question } = feedback;
  const { lang } = question;
  const shown = kind === 'order' ? parts : [...parts].sort((a, b) => Number(b.chosen) - Number(a.chosen));
  return (
    <>
      {right !== undefined && (
        <p class={right ? 'verdict' : 'verdict verdict--wrong'}>{right ? texts.right : texts.notRight}</p>
      )}
      {kind === 'order' && !right && <p>{texts.rightOrder}</p>}
      {kind === 'order' ? (
        <ol class="judged">
          {shown.map((part) => (
            <JudgedStep key={part.id} part={part} verdict={verdictOf(kind, part, parts)} lang={lang} texts={texts} />
          ))}
        </ol>
      ) : (
        <div class="judged">
          {shown.map((part) => (
            <JudgedOption key={part.id} part={part} verdict={verdictOf(kind, part, parts)} lang={lang} texts={texts} />
          ))}
        </div>
      )}
      {remember && right !== undefined && (
        <p class="remember">
          <b>{texts.remember}:</b> <span lang={lang}>{remember}</span>
        </p>
      )}
    </>
  );
}

function JudgedOption({ part, verdict, lang, texts }: JudgedProps) {
  const state = part.right ? (part.chosen ? 'right' : 'missed') : part.chosen ? 'wrong' : 'other';
  return (
    <div class="choice-group">
      <div class={`choice choice--${state}`}>
        <span>
          {verdict && <span class={`verdict verdict--${state}`}>{texts.verdicts[verdict]}</span>}
          <span lang={lang}>{part.text}</span>
        </span>
      </div>
      <div class={part.right ? 'feedback' : 'feedback feedback--wrong'}>
        <p lang={lang}>{part.feedback}</p>
        <Source claims={part.claims} texts={texts} />
      </div>
    </div>
  );
}

function JudgedStep({ part, verdict, lang, texts }: JudgedProps) {
  return (
    <li>
      <b lang={lang}>{part.text}</b>
      {verdict && <p class={part.right ? 'verdict' : 'verdict verdict--wrong'}>{texts.verdicts[verdict]}</p>}
      <div class={part.right ? 'feedback' : 'feedback feedback--wrong'}>
        <p lang={lang}>{part.feedback}</p>
        <Source claims={part.claims} texts={texts} />
      </div>
    </li>
  );
}

function Source({ claims, texts }: { claims: readonly ClaimDescription[]; texts: PracticeTexts }) {
  return (
    <details class="source">
      <summary>{texts.source}</summary>
      <ul>
        {claims.map((claim) => (
          <li key={claim.id} lang="sv">
            {claim.statutes.length > 0 && <b>{claim.statutes.join(', ')} </b>}
            {claim.source}, {claim.heading} <span class="code">{claim.id}</span>
            {claim.corrected && <span class="corrected"> {texts.corrected}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
