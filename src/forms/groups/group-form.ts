import type { PersonId } from '#domain/kernel/ids.ts';
import { fieldValue } from '#forms/fields.ts';

/** What was pressed on a group's page. */
export type GroupAction =
  | { readonly kind: 'close' }
  | { readonly kind: 'confirm' | 'remove'; readonly people: readonly PersonId[] }
  | { readonly kind: 'new-code'; readonly person: PersonId }
  /** Shows whom it would be done to, before it is done. */
  | { readonly kind: 'ask'; readonly about: 'confirm' | 'remove'; readonly people: readonly PersonId[] };

/** @returns undefined for a form that this page does not have */
export function readGroupAction(form: FormData): GroupAction | undefined {
  const action = fieldValue(form, 'action');
  switch (action) {
    case 'close':
      return { kind: action };
    case 'confirm':
    case 'remove':
      return { kind: action, people: idsIn(form, 'chosen') };
    // Everybody who stood on the page that was sent, not somebody who has joined since.
    case 'confirm-all':
      return { kind: 'ask', about: 'confirm', people: idsIn(form, 'shown') };
    case 'remove-all':
      return { kind: 'ask', about: 'remove', people: idsIn(form, 'shown') };
    case 'remove-chosen':
      return { kind: 'ask', about: 'remove', people: idsIn(form, 'chosen') };
    case 'new-code': {
      const [person] = idsIn(form, 'person');
      return person && { kind: action, person };
    }
    default:
      return undefined;
  }
}

function idsIn(form: FormData, name: string): PersonId[] {
  return form.getAll(name).flatMap((id) => (typeof id === 'string' ? [id as PersonId] : []));
}
