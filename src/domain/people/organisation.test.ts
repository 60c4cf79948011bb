import { describe, expect, test } from 'vitest';
import type { NodeId } from '#domain/kernel/ids.ts';
import { nodeId } from '../../../tests/contract/sample-documents.ts';
import {
  addPlace,
  changePlace,
  type NodeKind,
  noOrganisation,
  type Organisation,
  type OrganisationChange,
  removePlace,
  treeOf,
} from './organisation.ts';

const at = (date: string) => `2026-${date}T08:00:00.000Z`;
const place = (id: string, kind: NodeKind, parent?: string, name = id, code?: string) => ({
  id: nodeId(id),
  kind,
  code,
  name,
  parent: parent === undefined ? undefined : nodeId(parent),
});

function done(change: OrganisationChange): Organisation {
  if (!change.ok) throw new Error(change.reason);
  return change.organisation;
}

const reason = (change: OrganisationChange) => (change.ok ? 'done' : change.reason);

const organisation = [
  place('social', 'committee', undefined, 'Socialnämnden'),
  place('school', 'committee', undefined, 'Skolnämnden'),
  place('care', 'department', 'social', 'Omsorg'),
  place('homes', 'department', 'care', 'Äldreboenden'),
  place('alm', 'unit', 'homes', 'Almen', '0101'),
  place('bjork', 'unit', 'homes', 'Björken', '0102'),
  place('direct', 'unit', 'social', 'Kansliet'),
].reduce((before, one) => done(addPlace(before, one, at('01-01'))), noOrganisation);

const names = (places: readonly { readonly name: string }[]) => places.map(({ name }) => name);

describe('the tree', () => {
  const tree = treeOf(organisation);

  test('says what a place belongs to, innermost first', () => {
    expect(tree.pathOf(nodeId('alm'))).toEqual(['alm', 'homes', 'care', 'social']);
    expect(tree.pathOf(nodeId('social'))).toEqual(['social']);
    expect(tree.pathOf(nodeId('nowhere'))).toEqual([]);
  });

  test('lists what belongs to a place directly, and its units however deep, by name in Swedish order', () => {
    const more = ['Örten', 'Ängen', 'Zenit', 'Åsen', 'Enhet 10', 'Enhet 2'].reduce(
      (before, name) => done(addPlace(before, place(name, 'unit', 'homes', name), at('01-02'))),
      organisation,
    );
    const sorted = ['Almen', 'Björken', 'Enhet 2', 'Enhet 10', 'Zenit', 'Åsen', 'Ängen', 'Örten'];
    expect(names(treeOf(more).childrenOf(nodeId('homes')))).toEqual(sorted);
    expect(names(treeOf(more).unitsUnder(nodeId('care')))).toEqual(sorted);
    expect(names(tree.unitsUnder(nodeId('social')))).toEqual(['Almen', 'Björken', 'Kansliet']);
    expect(names(tree.unitsUnder(nodeId('alm')))).toEqual(['Almen']);
    expect(names(tree.childrenOf(undefined))).toEqual(['Skolnämnden', 'Socialnämnden']);
    expect(tree.childrenOf(nodeId('nowhere'))).toEqual([]);
  });

  test('is as it was at any moment', () => {
    const renamed = done(
      changePlace(organisation, nodeId('alm'), { name: 'Eken', parent: nodeId('care') }, at('03-01')),
    );
    const removed = done(removePlace(renamed, nodeId('alm'), false, at('05-01')));
    const then = (date: string) => treeOf(removed, at(date));
    expect(then('02-01').get(nodeId('alm'))?.name).toBe('Almen');
    expect(then('02-01').pathOf(nodeId('alm'))).toEqual(['alm', 'homes', 'care', 'social']);
    expect(then('03-01').get(nodeId('alm'))?.name).toBe('Eken');
    expect(then('03-01').pathOf(nodeId('alm'))).toEqual(['alm', 'care', 'social']);
    expect(then('05-01').get(nodeId('alm'))).toBeUndefined();
    expect(treeOf(removed).pathOf(nodeId('alm'))).toEqual([]);
    expect(treeOf(removed, '2025-12-31T08:00:00.000Z').places).toEqual([]);
  });
});

describe('a new place', () => {
  const add = (...fields: Parameters<typeof place>) => reason(addPlace(organisation, place(...fields), at('02-01')));

  test.for<[NodeKind, string | undefined, string]>([
    ['committee', undefined, 'done'],
    ['committee', 'social', 'place-kind'],
    ['department', 'social', 'done'],
    ['department', 'care', 'done'],
    ['department', 'alm', 'place-kind'],
    ['department', undefined, 'place-kind'],
    ['unit', 'social', 'done'],
    ['unit', 'care', 'done'],
    ['unit', 'alm', 'place-kind'],
    ['unit', undefined, 'place-kind'],
    ['unit', 'nowhere', 'place-unknown'],
  ])('a %s in %s: %s', ([kind, parent, answer]) => {
    expect(add('new', kind, parent)).toBe(answer);
  });

  test('may not have the name of one beside it, however it is written, but that of one elsewhere', () => {
    expect(add('new', 'unit', 'homes', 'Almen')).toBe('place-name-taken');
    expect(add('new', 'unit', 'homes', 'ALMEN')).toBe('place-name-taken');
    expect(add('new', 'unit', 'homes', 'Ålmen')).toBe('done');
    expect(add('new', 'unit', 'care', 'Almen')).toBe('done');
    expect(add('new', 'committee', undefined, 'Socialnämnden')).toBe('place-name-taken');
  });

  test('may not have the code of any other', () => {
    expect(add('new', 'unit', 'social', 'Almen', '0101')).toBe('place-code-taken');
    expect(add('new', 'unit', 'social', 'Almen', '101')).toBe('done');
  });

  test('may take the name and the code of one that is gone', () => {
    const without = done(removePlace(organisation, nodeId('alm'), false, at('02-01')));
    const again = addPlace(without, place('new', 'unit', 'homes', 'Almen', '0101'), at('02-02'));
    expect(names(treeOf(done(again)).childrenOf(nodeId('homes')))).toEqual(['Almen', 'Björken']);
  });
});

describe('a change', () => {
  const change = (id: string, parent: string | undefined, name = 'Nytt namn') =>
    changePlace(
      organisation,
      nodeId(id),
      { name, parent: parent === undefined ? undefined : nodeId(parent) },
      at('02-01'),
    );

  test('takes along what belongs to the place', () => {
    const moved = treeOf(done(change('homes', 'school', 'Äldreboenden')));
    expect(moved.pathOf(nodeId('alm'))).toEqual(['alm', 'homes', 'school']);
    expect(names(moved.unitsUnder(nodeId('school')))).toEqual(['Almen', 'Björken']);
    expect(names(moved.unitsUnder(nodeId('care')))).toEqual([]);
  });

  test('of the name alone keeps the rest', () => {
    expect(treeOf(done(change('alm', 'homes', 'Eken'))).get(nodeId('alm'))).toEqual({
      id: 'alm',
      kind: 'unit',
      code: '0101',
      name: 'Eken',
      parent: 'homes',
    });
  });

  test('may not make a loop', () => {
    expect(reason(change('care', 'homes'))).toBe('place-loop');
    expect(reason(change('care', 'care'))).toBe('place-loop');
    expect(reason(change('homes', 'care'))).toBe('done');
  });

  test('may not put a place where its kind cannot be', () => {
    expect(reason(change('alm', 'bjork'))).toBe('place-kind');
    expect(reason(change('alm', undefined))).toBe('place-kind');
    expect(reason(change('school', 'social'))).toBe('place-kind');
  });

  test('may not take the name of one beside it, and may keep its own', () => {
    expect(reason(change('alm', 'homes', 'Björken'))).toBe('place-name-taken');
    expect(reason(change('alm', 'homes', 'Almen'))).toBe('done');
  });

  test('needs a place that is there, to go to one that is there', () => {
    expect(reason(change('nowhere', 'homes'))).toBe('place-unknown');
    expect(reason(change('alm', 'nowhere'))).toBe('place-unknown');
    const without = done(removePlace(organisation, nodeId('alm'), false, at('02-01')));
    expect(reason(changePlace(without, nodeId('alm'), { name: 'Almen', parent: nodeId('homes') }, at('02-02')))).toBe(
      'place-unknown',
    );
  });
});

describe('a removal', () => {
  const remove = (id: NodeId, hasPeople: boolean) => reason(removePlace(organisation, id, hasPeople, at('02-01')));

  test('takes a unit with nobody in it', () => {
    expect(remove(nodeId('alm'), false)).toBe('done');
    expect(names(treeOf(done(removePlace(organisation, nodeId('alm'), false, at('02-01')))).places)).not.toContain(
      'Almen',
    );
  });

  test('is refused while anybody works there', () => {
    expect(remove(nodeId('alm'), true)).toBe('place-has-people');
  });

  test('is refused while anything belongs to it', () => {
    expect(remove(nodeId('homes'), false)).toBe('place-has-places');
    const empty = ['alm', 'bjork'].reduce(
      (before, id) => done(removePlace(before, nodeId(id), false, at('02-01'))),
      organisation,
    );
    expect(reason(removePlace(empty, nodeId('homes'), false, at('02-02')))).toBe('done');
  });

  test('of what is not there is refused', () => {
    expect(remove(nodeId('nowhere'), false)).toBe('place-unknown');
    const without = done(removePlace(organisation, nodeId('alm'), false, at('02-01')));
    expect(reason(removePlace(without, nodeId('alm'), false, at('02-02')))).toBe('place-unknown');
  });
});
