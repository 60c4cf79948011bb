export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

/** Mail could not be handed over. The cause is kept; the message names no person. */
export class MailNotSentError extends Error {
  override readonly name = 'MailNotSentError';
}

export interface Mailer {
  /** Where mail goes, for the start-up line and /admin. */
  readonly destination: string;
  /** @throws MailNotSentError */
  send(mail: Mail): Promise<void>;
}
