import type { Category } from '#domain/kernel/category.ts';

/** A claim id (`S2-1-c3`) or a legal note's (`L26`), in content/guidelines. */
export type ClaimId = string;

export const themes = [
  'basics',
  'social-media',
  'journalists',
  'relatives',
  'everyday',
  'records',
  'child-at-risk',
  'authorities',
  'consent',
  'public-documents',
  'mistakes',
  'boundaries',
  'disclosure-duties',
  'management',
] as const;
export type Theme = (typeof themes)[number];

export const settings = ['home-care', 'elderly-care', 'lss', 'social-services'] as const;
export type Setting = (typeof settings)[number];

interface ScenarioBase {
  readonly id: string;
  readonly version: number;
  /** An item belongs to practice or to the exam, never to both. */
  readonly use: 'practice' | 'exam';
  readonly theme: Theme;
  /** Slug of the lesson to reread. */
  readonly lesson: string;
  readonly setting: Setting;
  readonly difficulty: 'easy' | 'medium' | 'hard';
  /** Answered wrong, the exam cannot be passed. */
  readonly critical: boolean;
  readonly audiences: readonly Category[];
}

export interface Option {
  readonly id: string;
  readonly right: boolean;
  readonly claims: readonly ClaimId[];
}

export interface ChoiceScenario extends ScenarioBase {
  readonly kind: 'choose-one' | 'choose-all';
  readonly options: readonly Option[];
}

export interface OrderScenario extends ScenarioBase {
  readonly kind: 'order';
  /** In the right order. */
  readonly steps: readonly { readonly id: string; readonly claims: readonly ClaimId[] }[];
}

export interface Reply extends Option {
  /** The node that the reply leads to. */
  readonly to: string;
}

export interface ConversationScenario extends ScenarioBase {
  readonly kind: 'conversation';
  readonly channel: 'text-thread' | 'call';
  readonly start: string;
  /** A node without replies is an end. */
  readonly nodes: Readonly<Record<string, { readonly replies: readonly Reply[] }>>;
}

/** With its key. Never leaves the server: see `PublicQuestion`. */
export type Scenario = ChoiceScenario | OrderScenario | ConversationScenario;

/** What a person has answered; stored with the attempt. */
export type Answer =
  | { readonly kind: 'choose-one'; readonly option: string }
  | { readonly kind: 'choose-all'; readonly options: readonly string[] }
  | { readonly kind: 'order'; readonly steps: readonly string[] }
  /** Reply ids from the start node on. */
  | { readonly kind: 'conversation'; readonly path: readonly string[] };

export interface OptionText {
  readonly text: string;
  readonly feedback: string;
}

/** The prose of one scenario in one language. */
export interface ScenarioText {
  readonly title: string;
  readonly situation: string;
  readonly question?: string | undefined;
  readonly options?: Readonly<Record<string, OptionText>> | undefined;
  readonly steps?: Readonly<Record<string, OptionText>> | undefined;
  readonly counterpart?: string | undefined;
  readonly nodes?:
    | Readonly<Record<string, { readonly text: string; readonly replies: Readonly<Record<string, OptionText>> }>>
    | undefined;
  readonly remember?: string | undefined;
}
