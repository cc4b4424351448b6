import { describe, expect, it } from 'vitest';
import { isSameValue } from './same-value.ts';

describe('a flag as it was given is what runs', () => {
  it.each([
    ['text', ['/a'], '/a'],
    ['truth values in any writing', ['True'], 'true'],
    ['numbers', ['030'], '30'],
    ['durations', ['60s'], '1m0s'],
    ['lists in brackets', ['Node,RBAC'], '[Node,RBAC]'],
    ['a list given in parts', ['Node', 'RBAC'], '[Node,RBAC]'],
    ['maps in another order', ['B=true,A=false'], 'A=false,B=true'],
    ['gates with their component', ['kube:A=true'], 'A=true'],
    ['the last of several', ['a', 'b'], 'b'],
    ['nothing', [''], '[]'],
  ])('%s', (_what, given, running) => expect(isSameValue(given, running)).toBe(true));

  it.each([
    ['another text', ['/a'], '/b'],
    ['a member less', ['Node,RBAC'], '[Node]'],
    ['the first of several', ['a', 'b'], 'a'],
    ['nothing', ['/a'], ''],
    ['zero for nothing', ['0'], ''],
    ['another duration', ['60s'], '2m0s'],
  ])('or not: %s', (_what, given, running) => expect(isSameValue(given, running)).toBe(false));
});
