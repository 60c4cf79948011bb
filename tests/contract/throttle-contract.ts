import { beforeEach, describe, expect, test } from 'vitest';
import { type ThrottleRuleName, type Try, throttleRules } from '#domain/account/throttle.ts';
import type { Throttle } from '#ports/throttle.ts';

const start = Date.parse('2026-06-01T08:00:00Z');
const at = (minutes = 0) => new Date(start + minutes * 60_000);
const tryOf = (rule: ThrottleRuleName, key: string): Try => ({ rule, key });

/** What every limiter behind the port holds. @param make a fresh one */
export function throttleContract(name: string, make: () => Throttle): void {
  describe(name, () => {
    let throttle: Throttle;
    beforeEach(() => {
      throttle = make();
    });
    const count = (tries: readonly Try[], now = at()) => throttle.count(tries, now);
    const fill = async (one: Try, now = at()) => {
      for (let made = 0; made < throttleRules[one.rule].tries; made++) await count([one], now);
    };
    const nadia = tryOf('account', 'nadia 203.0.113.9');
    const yusuf = tryOf('account', 'yusuf 203.0.113.9');
    const school = tryOf('network', '203.0.113.9');

    test('as many tries as the rule allows are counted, and the next is told until when', async () => {
      for (let made = 0; made < throttleRules.account.tries; made++) expect(await count([nadia])).toEqual({ ok: true });
      expect(await count([nadia])).toEqual({ ok: false, rule: 'account', until: at(15).toISOString() });
      expect(await count([nadia], at(14.9))).toMatchObject({ ok: false });
      expect(await count([nadia], at(15))).toEqual({ ok: true });
    });

    test('one key’s tries are not another’s, and one rule’s not another’s', async () => {
      await fill(nadia);
      expect(await count([yusuf])).toEqual({ ok: true });
      expect(await count([{ ...nadia, rule: 'reset' }])).toEqual({ ok: true });
    });

    test('a burst gets no more than the rule allows', async () => {
      const burst = await Promise.all(Array.from({ length: 100 }, () => count([nadia, school])));
      expect(burst.filter(({ ok }) => ok)).toHaveLength(throttleRules.account.tries);
    });

    test('what one rule refuses is counted under none', async () => {
      await fill(nadia);
      for (let refused = 0; refused < throttleRules.network.tries; refused++) await count([nadia, school]);
      expect(await count([yusuf, school])).toEqual({ ok: true });
    });

    test('of several that refuse, the one that opens last is named', async () => {
      await fill(nadia, at(0));
      await fill({ ...nadia, rule: 'secondFactor' }, at(5));
      const refused = await count([nadia, { ...nadia, rule: 'secondFactor' }], at(6));
      expect(refused).toEqual({ ok: false, rule: 'secondFactor', until: at(20).toISOString() });
    });

    test('what is given back may be tried again', async () => {
      await fill(nadia);
      await throttle.giveBack([nadia], at());
      expect(await count([nadia])).toEqual({ ok: true });
      expect(await count([nadia])).toMatchObject({ ok: false });
    });

    test('giving back more than was counted gives nothing', async () => {
      for (let time = 0; time < 5; time++) await throttle.giveBack([nadia], at());
      await fill(nadia);
      expect(await count([nadia])).toMatchObject({ ok: false });
    });

    test('what is forgotten counts no more', async () => {
      await fill(nadia);
      await throttle.forget([nadia], at());
      await fill(nadia);
      expect(await count([nadia])).toMatchObject({ ok: false });
    });

    test('security F3: fifty thousand made-up addresses free no key that is closed', async () => {
      const closed = [nadia, tryOf('secondFactorDay', 'nadia'), tryOf('reset', 'nadia@lindala.example'), school];
      for (const one of closed) await fill(one);
      for (let made = 0; made < 50_000; made++) {
        await count([tryOf('reset', `paahittad.${made}@example.org`)], at(1));
        await count([tryOf('account', `paahittad.${made} 198.51.100.7`)], at(1));
      }
      for (const one of closed) expect(await count([one], at(2)), one.rule).toMatchObject({ ok: false });
    });

    test('and while they are remembered, a key that nobody has used can be tried, but not on and on', async () => {
      for (let made = 0; made < 50_000; made++) await count([tryOf('account', `paahittad ${made}`)]);
      let tries = 0;
      while ((await count([nadia])).ok) tries++;
      // Others’ made-up keys may share its bucket; a guesser gets a few times the rule’s tries, not as many as they like.
      expect(tries).toBeLessThanOrEqual(10 * throttleRules.account.tries);
      expect(await count([nadia], at(16))).toEqual({ ok: true });
    });
  });
}
