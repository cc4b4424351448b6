import { describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../../test/support/answers.ts';
import { rateVector, rateWord } from './cvss.ts';
import { indexName, readEcosystem } from './ecosystem.ts';
import { newTally, readAdvisories } from './read-advisories.ts';
import { readAdvisory, reduceAdvisory } from './read-advisory.ts';

describe('CVSS, by the examples that FIRST publishes', () => {
  it.each([
    // version 2, complete guide, §3.3
    ['AV:N/AC:L/Au:N/C:N/I:N/A:C', 7.8, 'high'],
    ['AV:N/AC:L/Au:N/C:C/I:C/A:C', 10, 'high'],
    ['AV:L/AC:H/Au:N/C:C/I:C/A:C', 6.2, 'medium'],
    ['(AV:N/AC:M/Au:N/C:N/I:P/A:N)', 4.3, 'medium'],
    // version 3.0 and 3.1, examples document
    ['CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 6.4, 'medium'],
    ['CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N', 3.1, 'low'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', 7.5, 'high'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8, 'critical'],
    ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H', 9.9, 'critical'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0, 'info'],
    // version 4.0, examples document
    ['CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 7.3, 'high'],
    ['CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 7.7, 'high'],
    ['CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N', 8.3, 'high'],
    ['CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N', 4.6, 'medium'],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N', 5.1, 'medium'],
    ['CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N', 5.9, 'medium'],
    ['CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H', 9.3, 'critical'],
    // the base counts, whatever else the vector says
    ['CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U', 7.7, 'high'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:U', 9.8, 'critical'],
  ])('%s is %d, %s', (vector, score, severity) => expect(rateVector(vector)).toMatchObject({ score, severity, from: 'cvss' }));

  it.each([
    '',
    'high',
    '7.5',
    'CVSS:3.1/AV:N',
    'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H',
    'CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    'CVSS:3.1/AV:Z/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    'CVSS:3.1/rubbish',
  ])('says nothing of "%s"', (vector) => expect(rateVector(vector)).toBeUndefined());

  it('understands the words of databases', () => {
    const words = ['CRITICAL', 'Important', 'moderate', 'LOW', 'unimportant', 'not yet assigned', 'end-of-life', 'constructor'];
    expect(words.map((word) => rateWord(word)?.severity)).toEqual([
      'critical',
      'high',
      'medium',
      'low',
      'info',
      undefined,
      undefined,
      undefined,
    ]);
  });
});

const affected = (more: object = {}) => [
  {
    package: { ecosystem: 'PyPI', name: 'A_b.C' },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.0' }] }],
    ...more,
  },
];

describe('reading an advisory', () => {
  it('keeps what matching needs', () => {
    const document = {
      schema_version: '1.7.0',
      id: 'GHSA-aaaa-bbbb-cccc',
      modified: '2026-01-02T00:00:00Z',
      published: '0001-01-01T00:00:00Z',
      aliases: ['CVE-2099-1000'],
      details: 'long',
      severity: [
        { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
        { type: 'CVSS_V4', score: 'CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N' },
      ],
      affected: affected({ versions: ['1.0', '1.1'], database_specific: { severity: 'LOW' } }),
      references: [
        { type: 'WEB', url: 'https://example.com/a' },
        { type: 'ADVISORY', url: 'https://example.com/b' },
        { type: 'WEB', url: 'javascript:alert(1)' },
      ],
    };
    expect(must(reduceAdvisory(document))).toEqual({
      id: 'GHSA-aaaa-bbbb-cccc',
      vulnerabilities: [['CVE-2099-1000', 'GHSA-aaaa-bbbb-cccc']],
      modified: '2026-01-02T00:00:00Z',
      rating: expect.objectContaining({ score: 7.3, severity: 'high' }),
      links: ['https://example.com/b', 'https://example.com/a'],
      affected: [
        {
          ecosystem: 'PyPI',
          release: '',
          name: 'a-b-c',
          ranges: [
            [
              ['introduced', '0'],
              ['fixed', '2.0'],
            ],
          ],
          versions: ['1.0', '1.1'],
          rating: { severity: 'low', from: 'word' },
        },
      ],
    });
  });

  it('forgives what it does not need', () => {
    const document = {
      id: 'X-1',
      modified: 7,
      aliases: null,
      related: [{ type: 'CAUSES', id: 'CVE-2099-1' }, 5],
      severity: [{ type: 'CVSS_V3' }],
      affected: [
        ...affected(),
        { ranges: [] },
        { package: { ecosystem: 'PyPI', name: 'git-only' }, ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] },
      ],
      references: null,
    };
    const { affected: kept, ...rest } = must(reduceAdvisory(document));
    expect([kept.map(({ name }) => name), rest]).toEqual([['a-b-c'], { id: 'X-1', vulnerabilities: [['X-1']], links: [] }]);
  });

  it.each<[string, object, string]>([
    ['no id', { affected: affected() }, 'id: '],
    ['an id with a line end', { id: 'X\n1' }, 'id: is no id'],
    ['another major of the schema', { id: 'X-1', schema_version: '2.0.0' }, 'schema_version: is not 1.x'],
    ['affected that is none', { id: 'X-1', affected: 'all' }, 'affected: '],
    [
      'too many versions',
      { id: 'X-1', affected: affected({ versions: Array.from({ length: 50_001 }, () => '1') }) },
      'more versions than any package has',
    ],
  ])('refuses %s', (_, document, why) => {
    const read = reduceAdvisory(document);
    expect([codeOf(read), sayOf(read)]).toEqual(['input-invalid', expect.stringContaining(why)]);
  });

  it('leaves out packages whose names would break the index', () => {
    const bad = affected().map((one) => ({ ...one, package: { ecosystem: 'npm', name: 'a\tb' } }));
    expect(must(reduceAdvisory({ id: 'X-1', affected: bad })).affected).toEqual([]);
  });

  it('is not stopped by a broken file, which is counted and named', async () => {
    const good = JSON.stringify({ id: 'X-1', affected: affected() });
    const tally = newTally();
    const read: string[] = [];
    const files = [
      { name: '1.json', text: good },
      { name: '2.json', text: '{' },
      { name: '3.json', text: '[]' },
      { name: '4.json', text: good },
    ];
    for await (const { id } of readAdvisories(files, tally)) read.push(id);
    expect(read).toEqual(['X-1', 'X-1']);
    expect([tally.read, tally.unreadable, tally.troubles.map(({ file }) => file)]).toEqual([2, 2, ['2.json', '3.json']]);
    expect(codeOf(readAdvisory('{'))).toBe('input-invalid');
  });
});

describe('ecosystems', () => {
  it.each([
    ['Debian:12', 'Debian', '12'],
    ['Ubuntu:24.04:LTS', 'Ubuntu', '24.04'],
    ['Ubuntu:25.04', 'Ubuntu', '25.04'],
    ['Ubuntu:Pro:18.04:LTS', 'Ubuntu', 'Pro:18.04'],
    ['Alpine:v3.22', 'Alpine', 'v3.22'],
    ['Red Hat:enterprise_linux:9::appstream', 'Red Hat', '9'],
    ['Red Hat:enterprise_linux:10.0', 'Red Hat', '10'],
    ['Red Hat:rhel_eus:9.4::baseos', 'Red Hat', 'rhel_eus:9.4::baseos'],
    ['SUSE:Linux Enterprise Server 15 SP5', 'SUSE', '15.5'],
    ['SUSE:Linux Enterprise Server 12 SP5-LTSS', 'SUSE', '12.5'],
    ['SUSE:Linux Enterprise Server 16.0', 'SUSE', '16.0'],
    ['SUSE:Linux Enterprise Server 15', 'SUSE', '15'],
    ['SUSE:Linux Micro 6.0', 'SUSE', 'Linux Micro 6.0'],
    ['openSUSE:Leap 15.6', 'openSUSE', '15.6'],
    ['openSUSE:Tumbleweed', 'openSUSE', 'Tumbleweed'],
    ['Wolfi', 'Wolfi', ''],
    ['npm', 'npm', ''],
  ])('%s is %s "%s"', (text, ecosystem, release) => expect(readEcosystem(text)).toEqual({ ecosystem, release }));

  it('take spellings of a name for one where they do', () => {
    expect([
      indexName('PyPI', 'Zope.Interface'),
      indexName('NuGet', 'Newtonsoft.Json'),
      indexName('npm', 'JSONStream'),
      indexName('Go', 'github.com/Azure/x'),
    ]).toEqual(['zope-interface', 'newtonsoft.json', 'JSONStream', 'github.com/Azure/x']);
  });
});
