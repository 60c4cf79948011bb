import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PublicConversation, PublicQuestion } from '#domain/course/question.ts';
import type { Answer } from '#domain/course/scenario.ts';
import { Said } from './Said.tsx';
import type { QuestionTexts } from './texts.ts';

export interface QuestionFieldsProps {
  readonly question: PublicQuestion;
  readonly answer: Answer | undefined;
  /** Without scripts: the places of steps as they were given, when two were the same. */
  readonly places?: Readonly<Record<string, string>> | undefined;
  readonly texts: QuestionTexts;
  /** Scripts run: steps are moved with buttons instead of numbered in lists. */
  readonly enhanced: boolean;
  readonly onAnswer?: (answer: Answer) => void;
  /** Shown last in the group: what is saved, a button to send. */
  readonly children?: ComponentChildren;
}

/**
 * Keeps the reader's place: when the element that had the focus has been taken away (a button that was for once only),
 * the question's own words take it. Give the ref and the listener to the group of fields.
 */
function useKeptFocus() {
  const ref = useRef<HTMLFieldSetElement>(null);
  const last = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (!last.current || last.current.isConnected) return;
    last.current = null;
    if (document.activeElement === document.body) ref.current?.querySelector('legend')?.focus();
  });
  return {
    ref,
    onFocusIn: (event: FocusEvent) => {
      last.current = event.target as Element;
    },
  };
}

/** The situation and the fields to answer it with: a plain form, on which scripts only build. */
export function QuestionFields(props: QuestionFieldsProps) {
  const { question } = props;
  return (
    <>
      <Situation question={question} texts={props.texts} />
      {question.conversation ? <Conversation {...props} conversation={question.conversation} /> : <Fields {...props} />}
    </>
  );
}

function Situation({ question, texts }: Pick<QuestionFieldsProps, 'question' | 'texts'>) {
  return (
    <div class="situation">
      <p class="situation__where">{texts.settings[question.setting]}</p>
      <p lang={question.lang}>{question.situation}</p>
    </div>
  );
}

function Fields(props: QuestionFieldsProps) {
  const { question, texts, children } = props;
  const keptFocus = useKeptFocus();
  const hint = question.kind === 'choose-all' ? texts.chooseAll : question.kind === 'order' ? texts.order : undefined;
  return (
    <fieldset class="choices" {...keptFocus}>
      <legend lang={question.lang} tabIndex={-1}>
        {question.question ?? question.title}
      </legend>
      {hint && <p class="hint">{hint}</p>}
      {question.kind === 'order' ? <Steps {...props} /> : <Options {...props} />}
      {children}
    </fieldset>
  );
}

function Options({ question, answer, onAnswer }: QuestionFieldsProps) {
  const many = question.kind === 'choose-all';
  const chosen = answer?.kind === 'choose-one' ? [answer.option] : answer?.kind === 'choose-all' ? answer.options : [];
  const choose = (id: string, checked: boolean) => {
    if (!many) return onAnswer?.({ kind: 'choose-one', option: id });
    onAnswer?.({ kind: 'choose-all', options: checked ? [...chosen, id] : chosen.filter((other) => other !== id) });
  };
  return (
    <>
      {question.choices.map(({ id, text }) => (
        <label class="choice" key={id}>
          <input
            type={many ? 'checkbox' : 'radio'}
            name={`q.${question.id}`}
            value={id}
            checked={chosen.includes(id)}
            onChange={(event) => choose(id, event.currentTarget.checked)}
          />
          <span lang={question.lang}>{text}</span>
        </label>
      ))}
    </>
  );
}

function Steps({ question, answer, places, texts, enhanced, onAnswer }: QuestionFieldsProps) {
  const ids = answer?.kind === 'order' ? answer.steps : question.choices.map((step) => step.id);
  const textOf = (id: string) => question.choices.find((step) => step.id === id)?.text ?? '';
  const list = useRef<HTMLOListElement>(null);
  const moved = useRef<{ readonly place: number; readonly by: 1 | -1 } | null>(null);
  const move = (place: number, by: 1 | -1) => {
    const steps = [...ids];
    const [step] = steps.splice(place, 1);
    if (step !== undefined) steps.splice(place + by, 0, step);
    moved.current = { place: place + by, by };
    onAnswer?.({ kind: 'order', steps });
  };
  // The focus goes with the step; at an end, where its button is disabled, to the other one.
  useLayoutEffect(() => {
    if (!moved.current) return;
    const { place, by } = moved.current;
    moved.current = null;
    const [up, down] = list.current?.children[place]?.querySelectorAll('button') ?? [];
    const [wanted, other] = by > 0 ? [down, up] : [up, down];
    (wanted?.disabled ? other : wanted)?.focus();
  });
  return (
    <ol class="order" ref={list}>
      {ids.map((id, place) => (
        <li key={id}>
          <span lang={question.lang}>{textOf(id)}</span>
          {enhanced ? (
            <span class="moves">
              <button
                type="button"
                class="move move--up"
                disabled={place === 0}
                aria-label={`${texts.moveUp}: ${textOf(id)}`}
                onClick={() => move(place, -1)}
              >
                ↑
              </button>
              <button
                type="button"
                class="move move--down"
                disabled={place === ids.length - 1}
                aria-label={`${texts.moveDown}: ${textOf(id)}`}
                onClick={() => move(place, 1)}
              >
                ↓
              </button>
              <input type="hidden" name={`q.${question.id}.${id}`} value={place + 1} />
            </span>
          ) : (
            <select name={`q.${question.id}.${id}`} aria-label={`${texts.place}: ${textOf(id)}`}>
              {ids.map((_, other) => (
                <option
                  key={other}
                  value={other + 1}
                  selected={String(other + 1) === (places?.[id] ?? String(place + 1))}
                >
                  {other + 1}
                </option>
              ))}
            </select>
          )}
        </li>
      ))}
    </ol>
  );
}

function Conversation({
  question,
  conversation,
  texts,
  children,
}: QuestionFieldsProps & { readonly conversation: PublicConversation }) {
  const keptFocus = useKeptFocus();
  const { counterpart, channel, lines, replies, ended } = conversation;
  return (
    <>
      <div class={`situation situation--${channel}`}>
        <p class="situation__head" data-initial={counterpart.slice(0, 1)}>
          <span>
            {counterpart}
            <small>{texts.channels[channel]}</small>
          </span>
        </p>
        <ol class="lines" aria-live="polite" lang={question.lang}>
          {lines.map((line, place) => (
            // Lines are added at the end, and taken away when the conversation begins again.
            <li key={`${place}/${line.text}`} class={line.from === 'me' ? 'line line--me' : 'line'}>
              <span class="who">{line.from === 'me' ? texts.me : counterpart}</span>
              {line.text}
            </li>
          ))}
        </ol>
      </div>
      <input type="hidden" name={`path.${question.id}`} value={conversation.path.join(',')} />
      <fieldset class="choices" {...keptFocus}>
        <legend tabIndex={-1}>
          <Said text={ended ? texts.ended : (question.question ?? texts.whatDoYouSay)} />
        </legend>
        {replies.map(({ id, text }) => (
          <label class="choice" key={[...conversation.path, id].join('/')}>
            <input type="radio" name={`q.${question.id}`} value={id} />
            <span lang={question.lang}>{text}</span>
          </label>
        ))}
        {children}
      </fieldset>
    </>
  );
}
