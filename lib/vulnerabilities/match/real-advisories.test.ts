import { describe, expect, it } from 'vitest';
import { advisoriesOf, anInventory, aPackage, indexed } from '../../../test/support/vulnerabilities.ts';
import { matchInventory } from './match-inventory.ts';

const types = { Go: 'golang', PyPI: 'pypi', 'crates.io': 'cargo' } as const;

/**
 * Written by hand from the advisories, never from what the program said. Each line: ecosystem, package, version, then for each vulnerability its id and, after `→`, the
 * version that mends it; `-` for none at all.
 */
const expected = `
Go        golang.org/x/net             v0.0.0-20190125002851-000000000000          CVE-2018-17846→0.0.0-20190125091013-d26f9f9a57f3 CVE-2018-17847→0.0.0-20190125002852-4b62a64f59f7 CVE-2021-44716→0.0.0-20211209124913-491a49abca63 CVE-2022-41717→0.4.0 CVE-2023-39325→0.17.0 CVE-2023-45288→0.23.0
Go        golang.org/x/net             v0.0.0-20190125091013-d26f9f9a57f3          CVE-2021-44716→0.0.0-20211209124913-491a49abca63 CVE-2022-41717→0.4.0 CVE-2023-39325→0.17.0 CVE-2023-45288→0.23.0
Go        golang.org/x/net             v0.0.0-20211209124912-aaaaaaaaaaaa          CVE-2021-44716→0.0.0-20211209124913-491a49abca63 CVE-2022-41717→0.4.0 CVE-2023-39325→0.17.0 CVE-2023-45288→0.23.0
Go        golang.org/x/net             v0.0.0-20220524220424-aaaaaaaaaaaa          CVE-2022-41717→0.4.0 CVE-2023-39325→0.17.0 CVE-2023-45288→0.23.0
Go        golang.org/x/net             v0.0.0-20220524220425-1d687d428aca          CVE-2022-41717→0.4.0 CVE-2022-41721→0.1.1-0.20221104162952-702349b0e862 CVE-2023-39325→0.17.0 CVE-2023-45288→0.23.0
Go        golang.org/x/net             v0.1.0                                      CVE-2022-41717→0.4.0 CVE-2022-41721→0.1.1-0.20221104162952-702349b0e862 CVE-2023-39325→0.17.0 CVE-2023-45288→0.23.0
Go        golang.org/x/net             v0.1.1                                      CVE-2022-41717→0.4.0 CVE-2023-39325→0.17.0 CVE-2023-45288→0.23.0
Go        golang.org/x/net             v0.16.0                                     CVE-2023-39325→0.17.0 CVE-2023-45288→0.23.0
Go        golang.org/x/net             v0.22.0                                     CVE-2023-45288→0.23.0
Go        golang.org/x/net             v0.23.0                                     -
Go        golang.org/x/text            v0.3.6                                      CVE-2021-38561→0.3.7
Go        golang.org/x/text            v0.3.7                                      -
Go        github.com/dgrijalva/jwt-go  v3.2.0+incompatible                         CVE-2020-26160
Go        github.com/dgrijalva/jwt-go/v4 v4.0.0-preview1                           -
Go        github.com/containerd/containerd v1.4.12                                 CVE-2022-23648→1.4.13
Go        github.com/containerd/containerd v1.4.13                                 -
Go        github.com/containerd/containerd v1.5.9                                  CVE-2022-23648→1.5.10
Go        github.com/containerd/containerd v1.5.10                                 -
Go        github.com/containerd/containerd v1.6.0                                  CVE-2022-23648→1.6.1
Go        github.com/containerd/containerd v1.6.0-rc.1                             -
Go        github.com/containerd/containerd v1.6.1                                  -
Go        github.com/docker/docker     v1.11.2                                     -
Go        github.com/docker/docker     v20.10.23+incompatible                      CVE-2023-28840→20.10.24+incompatible
Go        github.com/docker/docker     v20.10.24+incompatible                      -
Go        github.com/docker/docker     v23.0.2+incompatible                        CVE-2023-28840→23.0.3+incompatible
Go        github.com/docker/docker     v23.0.3+incompatible                        -
Go        github.com/opencontainers/runc v1.0.0-rc8                                CVE-2019-16884→1.0.0-rc8.0.20190930145003-cad42f6e0932 CVE-2021-30465→1.0.0-rc95
Go        github.com/opencontainers/runc v1.0.0-rc93                               CVE-2021-30465→1.0.0-rc95
Go        github.com/opencontainers/runc v1.0.0-rc95                               CVE-2023-27561→1.1.5
Go        github.com/opencontainers/runc v1.1.4                                    CVE-2023-27561→1.1.5
Go        github.com/opencontainers/runc v1.1.5                                    -
Go        k8s.io/kubernetes            v1.13.9                                     CVE-2021-25743→1.26.0-alpha.3
Go        k8s.io/kubernetes            v1.13.10                                    CVE-2019-11251→1.13.11 CVE-2021-25743→1.26.0-alpha.3
Go        k8s.io/kubernetes            v1.13.11                                    CVE-2021-25743→1.26.0-alpha.3
Go        k8s.io/kubernetes            v1.26.0-alpha.3                             -
Go        stdlib                       go1.21.2                                    CVE-2023-39325→1.21.3 CVE-2023-45288→1.21.9 CVE-2024-45341→1.22.11
Go        stdlib                       go1.21.8                                    CVE-2023-45288→1.21.9 CVE-2024-45341→1.22.11
Go        stdlib                       go1.21.9                                    CVE-2024-45341→1.22.11
Go        stdlib                       go1.22.1                                    CVE-2023-45288→1.22.2 CVE-2024-45341→1.22.11
Go        stdlib                       go1.22rc1                                   CVE-2023-45288→1.22.2 CVE-2024-45341→1.22.11
Go        stdlib                       go1.22.11                                   -
Go        stdlib                       go1.24rc1                                   CVE-2024-45341→1.24.0-rc.2
Go        stdlib                       go1.24rc2                                   -
Go        toolchain                    go1.24rc2                                   CVE-2025-22867→1.24.0-rc.3
Go        toolchain                    go1.24.0                                    -
PyPI      Django                       1.8.17                                      CVE-2017-7234→1.8.18 CVE-2021-33203→2.2.24
PyPI      django                       1.8.13                                      CVE-2016-6186→1.8.14 CVE-2017-7234→1.8.18 CVE-2021-33203→2.2.24
PyPI      django                       1.9.13                                      CVE-2021-33203→2.2.24
PyPI      django                       1.10b1                                      CVE-2016-6186→1.10rc1 CVE-2021-33203→2.2.24
PyPI      django                       1.10rc1                                     CVE-2021-33203→2.2.24
PyPI      django                       1.10.6                                      CVE-2017-7234→1.10.7 CVE-2021-33203→2.2.24
PyPI      django                       2.2.24                                      -
PyPI      django                       3.1.11                                      CVE-2021-33203→3.1.12
PyPI      django                       3.1.12                                      -
PyPI      django                       3.2                                         CVE-2021-33203→3.2.4
PyPI      PyYAML                       5.1                                         CVE-2019-20477→5.2b1
PyPI      PyYAML                       5.2                                         -
PyPI      PyYAML                       5.0                                         -
PyPI      requests                     2.19.1                                      CVE-2018-18074→2.20.0
PyPI      requests                     2.20.0                                      -
PyPI      Jinja2                       2.11.2                                      CVE-2020-28493→2.11.3
PyPI      Jinja2                       2.11.3.dev1                                 CVE-2020-28493→2.11.3
PyPI      Jinja2                       2.11.3                                      -
PyPI      py                           1.11.0                                      CVE-2022-42969
PyPI      py                           1.11.1                                      -
PyPI      gratient                     0.5                                         PYSEC-2024-1
PyPI      gratient                     0.4                                         -
PyPI      ansible                      2.9.0                                       -
PyPI      Flask_Caching                1.10.1                                      -
PyPI      urllib3                      1.25.1                                      -
PyPI      urllib3                      1.25.7                                      CVE-2020-7212→1.25.8
PyPI      urllib3                      1.25.8                                      -
crates.io time                         0.3.5                                       -
crates.io time                         0.3.46                                      CVE-2026-25727→0.3.47
crates.io time                         0.3.47                                      -
crates.io rsa                          0.9.6                                       CVE-2023-49092
crates.io git2                         0.15.0                                      -
crates.io smallvec                     0.6.4                                       CVE-2019-15554→0.6.10
crates.io smallvec                     0.6.9                                       CVE-2019-15551→0.6.10 CVE-2019-15554→0.6.10
crates.io smallvec                     0.6.10                                      -
crates.io chrono                       0.4.19                                      RUSTSEC-2020-0159→0.4.20
crates.io openssl                      0.10.8                                      CVE-2018-20997→0.10.9
crates.io openssl                      0.10.71                                     GHSA-4fcv-w3qc-ppgg→0.10.72
crates.io openssl                      0.10.72                                     -
crates.io regex                        1.5.5                                       -
`;

const cases = expected
  .trim()
  .split('\n')
  .map((line) => line.split(/\s+/))
  .map(([ecosystem = '', name = '', version = '', ...said]) => ({
    ecosystem: ecosystem as keyof typeof types,
    name,
    version,
    said: said.filter((one) => one !== '-'),
  }));

const known = await indexed(
  (['Go', 'PyPI', 'crates.io'] as const).flatMap((name) => advisoriesOf(name)),
  ['Go', 'PyPI', 'crates.io'],
);

describe('real advisories', () => {
  it.each(cases)('$ecosystem $name $version: $said', async ({ ecosystem, name, version, said }) => {
    const found = aPackage({ type: types[ecosystem], name, version });
    const { matches, undecided, notMatched } = await matchInventory(anInventory([found]), known);
    expect(matches.map(({ id, fixedVersions }) => [id, ...fixedVersions].join('→'))).toEqual(said);
    expect([undecided, notMatched]).toEqual([[], []]);
  });

  it('cannot decide about a version that is none, and says which advisories it means', async () => {
    const main = aPackage({ type: 'golang', name: 'k8s.io/kubernetes', version: '(devel)', main: true });
    const { matches, undecided, matched } = await matchInventory(anInventory([main]), known);
    expect(matches).toEqual([]);
    expect(undecided).toEqual([
      {
        package: main,
        ecosystem: 'Go',
        advisories: ['GO-2022-0802', 'GO-2022-0983'],
        reason: 'version "(devel)" cannot be compared with what the advisories name',
      },
    ]);
    expect(matched).toEqual([{ ecosystem: 'Go', packages: 1, dataDate: '2024-08-21T16:25:56Z' }]);
  });

  it('needs no version where every version is affected', async () => {
    const found = aPackage({ type: 'pypi', name: 'apache-atlas', version: 'unknown!' });
    const { matches, undecided } = await matchInventory(anInventory([found]), known);
    expect([matches.map(({ id }) => id), undecided]).toEqual([['CVE-2016-8752', 'CVE-2017-3150', 'CVE-2017-3151'], []]);
  });
});
