import { bySeverity, type Severity } from '../../core/outcome.ts';
import type { VulnerabilityMatch } from '../../vulnerabilities/index.ts';

/** What reports say of a statement about images, whatever was found. */
export interface SbomCheck {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly repair: string;
  readonly references?: readonly string[];
}

export const imageReadable: SbomCheck = {
  id: 'image/readable',
  title: 'The image could be pulled and read whole',
  severity: 'medium',
  why: 'Nobody knows what is in an image that cannot be read, and so not what of it is vulnerable.',
  repair:
    'Read why, and give Gatehouse what it lacks: a credential for the registry (--auth-file, or --use-pull-secrets), a route to it, or the image as an archive (--image-archive).',
};

export const advisoriesKnown: SbomCheck = {
  id: 'image/advisories-known',
  title: 'There are advisories for every package of the image',
  severity: 'medium',
  why: 'Packages that no advisory data speaks of may be vulnerable without anybody knowing.',
  repair:
    'Fetch the advisories of the ecosystem with `gatehouse vulnerabilities update`. Where there are none for a distribution, take a base image that its maker writes advisories for.',
};

export const noVulnerabilities: SbomCheck = {
  id: 'image/no-known-vulnerability',
  title: 'No package of the image is known to be vulnerable',
  severity: 'medium',
  why: 'What is known to be vulnerable is what attackers try first.',
  repair: 'Build the image anew with packages that are not affected, and roll it out.',
};

/** The check that is one vulnerability, with the links of all who wrote about it. */
export const vulnerabilityCheck = (id: string, matches: readonly VulnerabilityMatch[]): SbomCheck => ({
  id,
  title: `No package is affected by ${id}`,
  severity: matches.map(({ severity }) => severity).toSorted(bySeverity)[0] ?? 'medium',
  why: 'It is a known vulnerability of a package that runs in the cluster. How far it can be used there depends on what the program does with the package; the linked pages say what is known.',
  repair: 'Build the image anew with a version that is not affected, and roll it out.',
  references: [...new Set(matches.flatMap(({ links }) => links))].slice(0, 5),
});
