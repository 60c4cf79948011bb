import type { Setting } from '#domain/course/scenario.ts';
import type { Translate } from '#i18n/translate.ts';
import { type Verdict, verdicts } from './practice-feedback.ts';

/** The interface texts that the islands need, in one language. Handed over as a prop: no dictionary in the browser. */
export interface QuestionTexts {
  readonly settings: Readonly<Record<Setting, string>>;
  readonly channels: Readonly<Record<'text-thread' | 'call', string>>;
  readonly chooseAll: string;
  readonly order: string;
  readonly place: string;
  readonly moveUp: string;
  readonly moveDown: string;
  readonly me: string;
  readonly ended: string;
  readonly whatDoYouSay: string;
}

export function questionTexts(t: Translate): QuestionTexts {
  return {
    settings: {
      'home-care': t('setting.home-care'),
      'elderly-care': t('setting.elderly-care'),
      lss: t('setting.lss'),
      'social-services': t('setting.social-services'),
    },
    channels: { 'text-thread': t('channel.text-thread'), call: t('channel.call') },
    chooseAll: t('question.chooseAll'),
    order: t('question.order'),
    place: t('question.place'),
    moveUp: t('question.moveUp'),
    moveDown: t('question.moveDown'),
    me: t('conversation.me'),
    ended: t('conversation.ended'),
    whatDoYouSay: t('conversation.whatDoYouSay'),
  };
}

export interface PracticeTexts extends QuestionTexts {
  readonly check: string;
  readonly send: string;
  readonly again: string;
  readonly right: string;
  readonly notRight: string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly source: string;
  readonly corrected: string;
  readonly remember: string;
  readonly chooseFirst: string;
  readonly offline: string;
  readonly rightOrder: string;
}

export function practiceTexts(t: Translate): PracticeTexts {
  return {
    ...questionTexts(t),
    check: t('practice.check'),
    send: t('conversation.send'),
    again: t('practice.again'),
    right: t('practice.right'),
    notRight: t('practice.notRight'),
    verdicts: Object.fromEntries(verdicts.map((verdict) => [verdict, t(`verdict.${verdict}`)])) as Record<
      Verdict,
      string
    >,
    source: t('rule.source'),
    corrected: t('rule.corrected'),
    remember: t('remember.label'),
    chooseFirst: t('practice.chooseFirst'),
    offline: t('practice.offline'),
    rightOrder: t('practice.rightOrder'),
  };
}

export interface ExamTexts extends QuestionTexts {
  readonly question: string;
  readonly save: string;
  readonly send: string;
  readonly restart: string;
  readonly keepOrder: string;
  readonly saved: string;
  readonly saving: string;
  readonly notSaved: string;
  readonly signedOut: string;
  readonly signIn: string;
  readonly retry: string;
  readonly review: string;
  readonly reviewLead: string;
  readonly reviewButton: string;
  readonly change: string;
  readonly unanswered: string;
  readonly conversationDone: string;
  readonly handIn: string;
  readonly missing: string;
}

export function examTexts(t: Translate): ExamTexts {
  return {
    ...questionTexts(t),
    question: t('exam.question'),
    save: t('exam.save'),
    send: t('conversation.send'),
    restart: t('conversation.restart'),
    keepOrder: t('exam.keepOrder'),
    saved: t('exam.saved'),
    saving: t('exam.saving'),
    notSaved: t('exam.notSaved'),
    signedOut: t('exam.signedOut'),
    signIn: t('exam.signInAgain'),
    retry: t('exam.retry'),
    review: t('exam.review'),
    reviewLead: t('exam.reviewLead'),
    reviewButton: t('exam.reviewButton'),
    change: t('exam.change'),
    unanswered: t('exam.unanswered'),
    conversationDone: t('exam.conversationDone'),
    handIn: t('exam.handIn'),
    missing: t('exam.missing'),
  };
}
