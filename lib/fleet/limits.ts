import { z } from 'zod';
import { failed, type Result, succeed } from '../core/failure.ts';

const most = (number: number, what: string) => z.int().min(0).max(1_000_000).default(number).describe(`${what} at most.`);

/** How many of each there may be. Whoever runs Gatehouse may change the numbers. */
export const Limits = z
  .strictObject({
    users: most(300, 'Users'),
    teams: most(100, 'Teams'),
    projects: most(50, 'Projects'),
    roles: most(100, 'Custom roles'),
    clusters: most(10_000, 'Clusters that are not removed'),
    clusterProfiles: most(200, 'Profiles, versions included'),
    locations: most(100, 'Locations'),
    tokensPerUser: most(20, 'Tokens of one person that still work'),
    webhooksPerProject: most(100, 'Webhooks of one project'),
    connectionsPerProject: most(50, 'Connections to release systems of one project'),
    trustRulesPerProject: most(200, 'Trust rules of one project'),
    waiversPerProject: most(500, 'Waivers of one project that are requested or approved'),
    policiesPerProject: most(100, 'Policies of one project'),
    versionsPerPolicy: most(200, 'Versions of one policy'),
    overridesPerProject: most(200, 'Overrides of one project that wait or hold'),
  })
  .meta({ id: 'Limits', description: 'How many of each there may be.' });
export type Limits = z.infer<typeof Limits>;
export const defaultLimits: Limits = Limits.parse({});

const words: Readonly<Record<keyof Limits, string>> = {
  users: 'users',
  teams: 'teams',
  projects: 'projects',
  roles: 'custom roles',
  clusters: 'clusters',
  clusterProfiles: 'profiles',
  locations: 'locations',
  tokensPerUser: 'tokens of this person',
  webhooksPerProject: 'webhooks in this project',
  connectionsPerProject: 'connections to release systems in this project',
  trustRulesPerProject: 'trust rules in this project',
  waiversPerProject: 'waivers in this project that are requested or approved',
  policiesPerProject: 'policies in this project',
  versionsPerPolicy: 'versions of this policy',
  overridesPerProject: 'overrides in this project that wait or hold',
};

/** Whether one more fits beside those that are there. */
export const fitsOneMore = (what: keyof Limits, there: number, limits: Limits = defaultLimits): Result<void> =>
  there < limits[what]
    ? succeed(undefined)
    : failed(
        'conflict',
        `There are ${there} ${words[what]} already, and ${limits[what]} is the limit. Remove one that is not needed any more, or ask a tenant admin for a higher limit.`,
      );
