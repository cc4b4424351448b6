import type { Control, Framework } from './framework.ts';

/** The table of an SBOM scan: one control for each image repository that runs, decided by everything that was found in its images. */
export const sbomFramework = (repositories: readonly string[]): Framework => ({
  id: 'gatehouse-sbom',
  version: '1',
  minors: [0, 999],
  controls: repositories.map(
    (repository): Control => ({
      id: repository,
      title: `No package of ${repository} is known to be vulnerable`,
      level: 1,
      automated: true,
      checks: ['image/no-known-vulnerability'],
    }),
  ),
});
