/** Why a data folder must not be opened. Each has a sentence of its own in `src/cli/folder-lines.ts`, with what to do. */
export type FolderRefusal =
  /** The stamp says so. */
  | { readonly reason: 'newer-version'; readonly version: string }
  /** The stamp does not, and documents do. */
  | { readonly reason: 'newer-documents'; readonly folder: string; readonly count: number }
  | {
      readonly reason: 'unreadable';
      readonly folder: string;
      readonly count: number;
      readonly of: number;
      /** One of them, and what is wrong with it. */
      readonly file: string;
      readonly why: string;
    }
  | { readonly reason: 'stamp-damaged' }
  | { readonly reason: 'organisation-damaged'; readonly why: string }
  | { readonly reason: 'no-organisation' }
  | { readonly reason: 'no-administrator'; readonly people: number }
  /** Nobody is left of those that were stored. */
  | { readonly reason: 'emptied' }
  | { readonly reason: 'no-keys' }
  | { readonly reason: 'keys-damaged'; readonly why: string }
  | { readonly reason: 'other-keys' };

/** The folder is not a new one, and not one that this version may go on with. Nothing in it has been changed. */
export class FolderRefusedError extends Error {
  override readonly name = 'FolderRefusedError';
  readonly refusal: FolderRefusal;
  constructor(refusal: FolderRefusal) {
    super(`the data folder is refused: ${refusal.reason}`);
    this.refusal = refusal;
  }
}
