import { auditRoutes } from './audit.ts';
import { clustersRoutes } from './clusters.ts';
import { gateRoutes } from './gate.ts';
import { overridesRoutes } from './overrides.ts';
import { peopleRoutes } from './people.ts';
import { pipelinesRoutes } from './pipelines.ts';
import { policiesRoutes } from './policies.ts';
import { projectsRoutes } from './projects.ts';
import type { Route, RouteAnswer, RouteInput } from './route.ts';
import { scansRoutes } from './scans.ts';
import { schedulesRoutes } from './schedules.ts';
import { serviceRoutes } from './service.ts';
import { waiversRoutes } from './waivers.ts';
import { webhooksRoutes } from './webhooks.ts';

/** Every operation of API v1. */
export const routes = {
  ...serviceRoutes,
  ...projectsRoutes,
  ...peopleRoutes,
  ...auditRoutes,
  ...clustersRoutes,
  ...schedulesRoutes,
  ...scansRoutes,
  ...waiversRoutes,
  ...policiesRoutes,
  ...overridesRoutes,
  ...webhooksRoutes,
  ...gateRoutes,
  ...pipelinesRoutes,
};
export type Routes = typeof routes;
export type RouteId = keyof Routes;
export type InputOf<Id extends RouteId> = RouteInput<Routes[Id] extends Route ? Routes[Id] : never>;
export type AnswerOf<Id extends RouteId> = RouteAnswer<Routes[Id] extends Route ? Routes[Id] : never>;
/** Every route with its id, for who goes through them all. */
export const allRoutes: readonly (readonly [RouteId, Route])[] = Object.entries(routes) as never;
