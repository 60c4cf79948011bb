import type { Language } from '#domain/kernel/language.ts';
import { type FormResult, fieldValue, readLanguage, readName } from '#forms/fields.ts';

/** What was sent from a group's address. */
export interface JoinForm {
  /** `rename`: who is signed in takes the name that was typed. `someone-else`: signs out, so that another may join. */
  readonly action: 'join' | 'rename' | 'someone-else';
  readonly typedName: string;
  readonly name: FormResult<{ name: string }>;
  readonly language: Language;
  readonly ticket: string;
  /** “No, we only have the same name”. */
  readonly isNew: boolean;
}

export function readJoinForm(form: FormData): JoinForm {
  const action = fieldValue(form, 'action');
  return {
    action: action === 'rename' || action === 'someone-else' ? action : 'join',
    typedName: fieldValue(form, 'name'),
    name: readName(form),
    language: readLanguage(form),
    ticket: fieldValue(form, 'ticket'),
    isNew: fieldValue(form, 'new') === 'ja',
  };
}
