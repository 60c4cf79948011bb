import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Component {
  readonly name: string;
  readonly version: string;
  readonly hashes?: readonly { readonly alg: string }[];
  readonly properties: readonly { readonly name: string; readonly value: string }[];
}

test('npm run sbom lists every package with version and hash, and marks what only builds and tests', {
  timeout: 60_000,
}, () => {
  const printed = execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const bill: { bomFormat: string; components: readonly Component[] } = JSON.parse(printed);
  expect(bill.bomFormat).toBe('CycloneDX');
  const manifest: Record<'dependencies' | 'devDependencies', Record<string, string>> = JSON.parse(
    readFileSync('package.json', 'utf8'),
  );
  const listed = new Map(bill.components.map((component) => [`${component.name}@${component.version}`, component]));
  const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(all.filter(([name, version]) => !listed.has(`${name}@${version}`))).toEqual([]);
  expect(bill.components.filter(({ hashes }) => !hashes?.some(({ alg }) => alg === 'SHA-512'))).toEqual([]);
  const isMarked = (name: string) =>
    listed
      .get(`${name}@${{ ...manifest.dependencies, ...manifest.devDependencies }[name]}`)
      ?.properties.some((property) => property.name === 'cdx:npm:package:development' && property.value === 'true');
  expect(Object.keys(manifest.dependencies).filter(isMarked)).toEqual([]);
  expect(isMarked('vitest')).toBe(true);
});
