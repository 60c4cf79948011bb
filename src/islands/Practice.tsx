import { useEffect, useRef, useState } from 'preact/hooks';
import type { PublicQuestion } from '#domain/course/question.ts';
import type { Answer } from '#domain/course/scenario.ts';
import type { Language } from '#domain/kernel/language.ts';
import { Feedback } from './Feedback.tsx';
import type { PracticeFeedback } from './practice-feedback.ts';
import { QuestionFields, type QuestionFieldsProps } from './QuestionFields.tsx';
import { Said } from './Said.tsx';
import type { PracticeTexts } from './texts.ts';

export interface PracticeProps {
  readonly question: PublicQuestion;
  /** Where the answer is judged. */
  readonly action: string;
  /** The language of the page, for the feedback. */
  readonly language: Language;
  readonly texts: PracticeTexts;
  readonly answer?: Answer | undefined;
  readonly places?: QuestionFieldsProps['places'];
  readonly feedback?: PracticeFeedback | undefined;
  readonly error?: string | undefined;
}

/** One practice item: answer, then feedback at once. Without scripts the form leads to a page that says the same. */
export function Practice({ texts, action, ...props }: PracticeProps) {
  const [enhanced, setEnhanced] = useState(false);
  const [question, setQuestion] = useState(props.question);
  const [answer, setAnswer] = useState(props.answer);
  const [feedback, setFeedback] = useState(props.feedback);
  /** How many replies there have been: each has an element of its own, as a translator may own the words of the last (Said.tsx). */
  const [replies, setReplies] = useState(0);
  const [error, setError] = useState(props.error);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => setEnhanced(true), []);

  const done = feedback?.right !== undefined;

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const sent = event.currentTarget as HTMLFormElement;
    setBusy(true);
    try {
      const response = await fetch(action, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams(new FormData(sent) as never),
      });
      const reply = (await response.json()) as PracticeFeedback & { error?: string };
      setError(response.ok ? undefined : reply.error);
      if (response.ok) {
        setFeedback(reply);
        setReplies((count) => count + 1);
        setQuestion(reply.question);
        requestAnimationFrame(() => result.current?.focus());
      }
    } catch {
      // fetch rejects when the network is gone; the answer is still in the form.
      setError(texts.offline);
    }
    setBusy(false);
  }

  function again() {
    setQuestion(props.question);
    setAnswer(undefined);
    setFeedback(undefined);
    // The button that was pressed goes with the feedback; the question takes the focus.
    requestAnimationFrame(() => form.current?.querySelector('legend')?.focus());
  }

  return (
    <form ref={form} method="post" action={action} onSubmit={submit as never}>
      <input type="hidden" name="language" value={props.language} />
      {!(done && question.kind !== 'conversation') && (
        <QuestionFields
          question={question}
          answer={answer}
          places={props.places}
          texts={texts}
          enhanced={enhanced}
          onAnswer={setAnswer}
        >
          {!done && (
            <p class="actions">
              <button type="submit" class="button" disabled={busy}>
                {question.kind === 'conversation' ? texts.send : texts.check}
              </button>
            </p>
          )}
        </QuestionFields>
      )}
      {error && (
        <p class="error" role="alert">
          <Said text={error} />
        </p>
      )}
      {feedback && (
        <div ref={result} tabIndex={-1} class="practice__result">
          <Feedback key={replies} feedback={feedback} kind={question.kind} texts={texts} />
          {done && (
            <p class="actions">
              {enhanced ? (
                <button type="button" class="button button--secondary" onClick={again}>
                  {texts.again}
                </button>
              ) : (
                <a class="button button--secondary" href={action}>
                  {texts.again}
                </a>
              )}
            </p>
          )}
        </div>
      )}
    </form>
  );
}
