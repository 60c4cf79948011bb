import { describe, expect, test } from 'vitest';
import { refusePassword, shortestPassword } from './password.ts';

const own = ['Anna Andersson', 'anna.andersson@lindala.example', 'anna.andersson'];

describe('a password', () => {
  test.for([
    'gurka hatt cykel',
    'smörgås åker åsna',
    'correct horse battery staple',
    '密码密码很长的密码没有人猜到',
    'Xq7!Xq7!Xq7!a',
  ])('“%s” will do', (password) => {
    expect(refusePassword(password, own)).toBeUndefined();
  });

  test('has twelve characters at least, counted as people count them', () => {
    expect(shortestPassword).toBe(12);
    expect(refusePassword('abcdefghijk', own)).toBe('password-too-short');
    expect(refusePassword('abcdefghijkl', own)).toBeUndefined();
    // Eleven, though each flower is two units of UTF-16.
    expect(refusePassword('🌼🌸🌺🌻🌷🌹🥀🌾🍀🍁🍂', own)).toBe('password-too-short');
  });

  test('may be long, but not so long that hashing it is an attack', () => {
    expect(refusePassword('abcde'.repeat(40), own)).toBeUndefined();
    expect(refusePassword(`${'abcde'.repeat(40)}f`, own)).toBe('password-too-long');
  });

  test.for(['aaaaaaaaaaaa', 'abababababab', '1212121212121212', 'AaAaAaAaAaAa', '            '])(
    '“%s” is too simple',
    (password) => {
      expect(refusePassword(password, own)).toBe('password-too-simple');
    },
  );

  test.for([
    'Anna Andersson',
    'annaandersson',
    'ANNA ANDERSSON 2026',
    'anna.andersson',
    'anna.andersson1',
    'Anna.Andersson@Lindala.example',
  ])('“%s” is one’s own name or address', (password) => {
    expect(refusePassword(password, own)).toBe('password-too-simple');
  });

  test('may have a short name in it', () => {
    expect(refusePassword('bo bor i boda by', ['Bo', ''])).toBeUndefined();
  });
});
