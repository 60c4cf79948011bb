import type { ContentMistake } from '#content/read-yaml.ts';
import type { Content } from './read-content.ts';

/** One rule about content, as a line in the table of rules. */
export interface ContentRule {
  readonly name: string;
  /** Why the rule is there, in Swedish: shown to the editor below the mistakes. */
  readonly why: string;
  readonly find: (content: Content) => ContentMistake[];
}
