/** Questions to browsers that wait for an answer: bound to one session and one purpose, for five minutes, answered once. */
export interface Challenges {
  remember(session: string, purpose: ChallengePurpose, challenge: string, now: Date): Promise<void>;
  /** True once for a challenge that was asked in this session and is not too old. */
  use(session: string, purpose: ChallengePurpose, challenge: string, now: Date): Promise<boolean>;
}

export type ChallengePurpose = 'make-passkey' | 'show-passkey';
