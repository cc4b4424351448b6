import { describe, expect, it } from 'vitest';
import { parseLog } from './parse.ts';
import { permissionsOf, visible } from './records.ts';

const log = (...records: readonly string[]): string =>
  ['gatehouse-node-facts\t1\tn1', ...records, `end\tn1\t${records.length}`, ''].join('\n');
const file = (path: string, mode = '-rw-------') => `file\t=${path}\t=${path}\t${mode}\t0\t0`;
const hex = (text: string): string => `~${Buffer.from(text).toString('hex')}`;
const parsed = (...records: readonly string[]) => {
  const result = parseLog(log(...records), 'n1');
  if (!result.ok) throw new Error(result.failure.say);
  return result.value;
};
const said = (text: string): string => {
  const result = parseLog(text, 'n1');
  return result.ok ? 'read' : result.failure.say;
};

describe('a log', () => {
  const whole = log(file('/a'), 'user\t0\t=root', 'group\t0\t=wheel');

  it('is read when it is whole, with or without its last line end', () => {
    expect(said(whole)).toBe('read');
    expect(said(whole.trimEnd())).toBe('read');
  });

  it('is refused wherever it was cut', () => {
    for (let length = 0; length < whole.length - 1; length += 1) expect(said(whole.slice(0, length))).not.toBe('read');
  });

  it.each([
    ['a line lost in the middle', whole.replace('user\t0\t=root\n', ''), /cut/],
    ['a line added', whole.replace('user', 'gone\t=/b\nuser'), /cut/],
    ['another pod', whole.replaceAll('n1', 'n2'), /begin/],
    ['a forged trailer before the true one', `${whole.replace('end\tn1\t3', 'end\tn1\t1')}end\tn1\t3\n`, /cut|did not write/],
    ['text after the trailer', `${whole}more\n`, /cut/],
    ['an older version', whole.replace('facts\t1', 'facts\t0'), /begin/],
    ['an error of a shell', 'sh: syntax error\n', /begin/],
    ['nothing', '', /begin/],
    ['a huge text', `gatehouse-node-facts\t1\tn1\n${'x'.repeat(5_000_000)}`, /longer than anything/],
  ])('is refused with %s', (_name, text, reason) => expect(said(text)).toMatch(reason));

  it.each([
    ['an unknown record', 'secret\t=x'],
    ['a field too many', `${file('/a')}\t=x`],
    ['a field too few', 'file\t=/a\t=/a\t-rw-------\t0'],
    ['a mode that is none', file('/a', '-rw-rw-rwz')],
    ['a number that is none', 'file\t=/a\t=/a\t-rw-------\t-1\t0'],
    ['text without its mark', 'gone\t/a'],
    ['half a byte', 'gone\t~2f6'],
    ['characters that do not print', 'gone\t=/a\u001b[31m'],
    ['an inherited name', 'constructor\t=x'],
  ])('is refused with %s', (_name, record) => expect(said(log(record))).toContain('did not write'));

  it('of a node that holds more than is looked at is not taken for the whole', () => {
    expect(said(log(file('/a'), 'full'))).toContain('more files or processes');
  });
});

describe('records', () => {
  it('give files with the names of the node, the first name for a number, and the number without one', () => {
    const { files } = parsed(file('/a'), 'file\t=/b\t=/c\tdrwx------\t7\t8', 'user\t0\t=root', 'user\t0\t=toor', 'group\t8\t=etcd');
    expect(files['/a']).toMatchObject({ user: 'root', group: '0', kind: 'file' });
    expect(files['/b']).toEqual({ path: '/b', target: '/c', kind: 'folder', mode: 0o700, uid: 7, gid: 8, user: '7', group: 'etcd' });
  });

  it('with names that mean something to JavaScript are names like any other', () => {
    const { files, argv } = parsed(`file\t=__proto__\t=__proto__\t-rw-------\t0\t0`, 'process\thost\t=constructor', 'argument\t=x');
    expect(Object.keys(files)).toEqual(['__proto__']);
    expect(argv.constructor).toEqual(['x']);
  });

  it('prefer a program of the node to one of the same name in a pod', () => {
    const records = [
      'process\tpod\t=kube-proxy',
      'argument\t=--a',
      'process\thost\t=kube-proxy',
      'argument\t=--b',
      'process\thost\t=kube-proxy',
      'argument\t=--c',
    ];
    expect(parsed(...records)).toMatchObject({ argv: { 'kube-proxy': ['--b'] }, runsIn: { 'kube-proxy': 'host' } });
  });

  it('drop a document that turned out too long, and remove what still looks secret', () => {
    const { documents, unreadable } = parsed(
      'document\t=/a',
      'text\t=x',
      'long\t=/a',
      'document\t=/b',
      `text\t${hex('- name: ä')}`,
      'text\t=token: abcdef.0123456789abcdef',
    );
    expect(documents).toEqual({ '/b': '- name: ä\ntoken: abcdef.[token removed]\n' });
    expect(unreadable['/a']).toContain('longer');
  });
});

it('reads modes bit by bit', () => {
  expect(permissionsOf('-rw-r-----')).toBe(0o640);
  expect(permissionsOf('drwxrwxrwt')).toBe(0o777);
  expect(permissionsOf('-rwsr-Sr-T+')).toBe(0o744);
  expect(permissionsOf('----------')).toBe(0);
});

it('shows what does not print', () => {
  expect(visible('a\nb\u202ec\\d\u001b')).toBe('a\\x0ab\\u{202e}c\\\\d\\x1b');
});
