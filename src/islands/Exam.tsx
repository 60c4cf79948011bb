import { useLayoutEffect, useState } from 'preact/hooks';
import type { PublicQuestion } from '#domain/course/question.ts';
import type { Answer } from '#domain/course/scenario.ts';
import { AnswerSaver, type SaveState } from './answer-saver.ts';
import { QuestionFields, type QuestionFieldsProps } from './QuestionFields.tsx';
import { Said } from './Said.tsx';
import type { ExamTexts } from './texts.ts';

export interface ExamProps {
  readonly attempt: string;
  readonly questions: readonly PublicQuestion[];
  readonly answers: Readonly<Record<string, Answer>>;
  readonly places?: Readonly<Record<string, QuestionFieldsProps['places']>> | undefined;
  readonly action: string;
  readonly answerAction: string;
  readonly signInUrl: string;
  readonly texts: ExamTexts;
}

type Answers = Readonly<Record<string, Answer>>;

/**
 * The exam: every question on one page, each answer saved as it is given, all of them shown before handing in. Choosing
 * never hands in. Without scripts the same form saves by buttons and has its review on a page of its own.
 */
export function Exam({ attempt, action, answerAction, signInUrl, texts, ...props }: ExamProps) {
  const [enhanced, setEnhanced] = useState(false);
  const [questions, setQuestions] = useState(props.questions);
  const [answers, setAnswers] = useState<Answers>(props.answers);
  const [state, setState] = useState<SaveState>('idle');
  /** The question answered last: there it says whether the answer is saved. */
  const [last, setLast] = useState<string>();
  const [saver, setSaver] = useState<AnswerSaver>();

  // Before the first picture: an effect after it would leave clicks unsaved for a frame, and have the page laid out twice.
  useLayoutEffect(() => {
    const made = new AnswerSaver({
      attempt,
      address: answerAction,
      questions: props.questions.map(({ id }) => id),
      report: setState,
      onQuestion: replaceQuestion,
    });
    // Answers that a lost network kept from the server come back with the page.
    setAnswers((known) => ({ ...known, ...made.unsaved }));
    setLast(Object.keys(made.unsaved).at(-1));
    setSaver(made);
    setEnhanced(true);
    return () => made.stop();
  }, []);

  function replaceQuestion(question: PublicQuestion) {
    setQuestions((all) => all.map((other) => (other.id === question.id ? question : other)));
  }

  function give(id: string, answer: Answer) {
    setAnswers((known) => ({ ...known, [id]: answer }));
    setLast(id);
    saver?.save(id, answer);
  }

  return (
    <form method="post" action={action} id="prov">
      <ol class="exam">
        {questions.map((question, place) => (
          <li class="exam__item" id={`fraga-${place + 1}`} key={question.id}>
            <h2 class="kicker">
              {texts.question} {place + 1} / {questions.length}
            </h2>
            <QuestionFields
              question={question}
              answer={answers[question.id]}
              places={props.places?.[question.id]}
              texts={texts}
              enhanced={enhanced}
              onAnswer={(answer) => give(question.id, answer)}
            >
              <Buttons
                question={question}
                place={place}
                answer={answers[question.id]}
                texts={texts}
                enhanced={enhanced}
                give={(answer) => give(question.id, answer)}
              />
            </QuestionFields>
            {enhanced && (
              <SaveStatus
                state={question.id === last ? state : 'idle'}
                texts={texts}
                signInUrl={signInUrl}
                retry={() => saver?.retry()}
              />
            )}
          </li>
        ))}
      </ol>
      {enhanced ? (
        <Review questions={questions} answers={answers} texts={texts} />
      ) : (
        <p class="actions">
          <button type="submit" class="button" name="action" value="review">
            {texts.reviewButton}
          </button>
        </p>
      )}
    </form>
  );
}

interface ButtonsProps {
  readonly question: PublicQuestion;
  readonly place: number;
  readonly answer: Answer | undefined;
  readonly texts: ExamTexts;
  readonly enhanced: boolean;
  readonly give: (answer: Answer) => void;
}

/** What a question needs beside its fields. Without scripts every question has a button that saves. */
function Buttons({ question, place, answer, texts, enhanced, give }: ButtonsProps) {
  const { conversation } = question;
  if (!enhanced) {
    return (
      <p class="actions">
        <button type="submit" class="button button--secondary" name="action" value={`save:${place + 1}`}>
          {conversation ? texts.send : texts.save}
        </button>
        {conversation && conversation.path.length > 0 && (
          <button type="submit" class="button button--quiet" name="action" value={`restart:${place + 1}`}>
            {texts.restart}
          </button>
        )}
      </p>
    );
  }
  if (conversation) {
    const send = (event: MouseEvent) => {
      const group = (event.currentTarget as HTMLElement).closest('fieldset');
      const chosen = group?.querySelector<HTMLInputElement>('input:checked');
      if (chosen) give({ kind: 'conversation', path: [...conversation.path, chosen.value] });
    };
    return (
      <p class="actions">
        {!conversation.ended && (
          <button type="button" class="button button--secondary" onClick={send}>
            {texts.send}
          </button>
        )}
        {conversation.path.length > 0 && (
          <button type="button" class="button button--quiet" onClick={() => give({ kind: 'conversation', path: [] })}>
            {texts.restart}
          </button>
        )}
      </p>
    );
  }
  if (question.kind === 'order' && !answer) {
    return (
      <p class="actions">
        <button
          type="button"
          class="button button--secondary"
          onClick={() => give({ kind: 'order', steps: question.choices.map((step) => step.id) })}
        >
          {texts.keepOrder}
        </button>
      </p>
    );
  }
  return null;
}

function Review({
  questions,
  answers,
  texts,
}: {
  questions: readonly PublicQuestion[];
  answers: Answers;
  texts: ExamTexts;
}) {
  const missing = questions.filter((question) => !isAnswered(question, answers[question.id])).length;
  return (
    <section class="review" aria-labelledby="granska">
      <h2 id="granska">{texts.review}</h2>
      <p>{texts.reviewLead}</p>
      <ol class="rows rows--numbered">
        {questions.map((question, place) => (
          <li key={question.id}>
            <div>
              <p>{question.title}</p>
              <Said as="p" class="review__answer" text={answerText(question, answers[question.id], texts)} />
            </div>
            <a class="meta" href={`#fraga-${place + 1}`} aria-label={`${texts.change}: ${question.title}`}>
              {texts.change}
            </a>
          </li>
        ))}
      </ol>
      <p class="actions">
        <button type="submit" class="button" name="action" value="hand-in" disabled={missing > 0}>
          {texts.handIn}
        </button>
        {missing > 0 && <Said class="hint" text={texts.missing.replace('{count}', String(missing))} />}
      </p>
    </section>
  );
}

function SaveStatus(props: { state: SaveState; texts: ExamTexts; signInUrl: string; retry: () => void }) {
  const { state, texts } = props;
  const words = {
    idle: '',
    saving: texts.saving,
    saved: texts.saved,
    failed: texts.notSaved,
    'signed-out': texts.signedOut,
  };
  const wrong = state === 'failed' || state === 'signed-out';
  // Always there, so that screen readers hear it change; out of sight while it says nothing.
  const place = state === 'idle' ? 'hidden' : wrong ? 'save-status save-status--wrong' : 'save-status';
  return (
    <p class={place} role="status">
      <Said text={words[state]} />{' '}
      {state === 'signed-out' && (
        <a href={props.signInUrl} target="_blank" rel="noopener">
          {texts.signIn}
        </a>
      )}{' '}
      {wrong && (
        <button type="button" class="button button--quiet" onClick={props.retry}>
          {texts.retry}
        </button>
      )}
    </p>
  );
}

function isAnswered(question: PublicQuestion, answer: Answer | undefined): boolean {
  if (question.conversation) return question.conversation.ended;
  return answer?.kind === 'choose-all' ? answer.options.length > 0 : answer !== undefined;
}

function answerText(question: PublicQuestion, answer: Answer | undefined, texts: ExamTexts): string {
  const textOf = (id: string) => question.choices.find((choice) => choice.id === id)?.text ?? '';
  if (!isAnswered(question, answer)) return texts.unanswered;
  switch (answer?.kind) {
    case 'choose-one':
      return textOf(answer.option);
    case 'choose-all':
      return answer.options.map(textOf).join(' ');
    case 'order':
      return answer.steps.map((id, place) => `${place + 1}. ${textOf(id)}`).join(' ');
    default:
      return texts.conversationDone;
  }
}
