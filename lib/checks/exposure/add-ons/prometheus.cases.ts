import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'its configuration',
    greeting: { http: 'plain' },
    answers: { 'GET /api/v1/status/config': page(200, '{"status":"success","data":{"yaml":"scrape_configs:\\n- password: hunter2"}}') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'high',
    hides: 'hunter2',
  },
  {
    name: 'queries without a configuration',
    greeting: { http: 'plain' },
    answers: { 'GET /api/v1/status/config': page(404), 'GET /api/v1/labels': page(200, '{"status":"success","data":["__name__","job"]}') },
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'asks for a password',
    greeting: { http: 'plain' },
    answers: { 'GET /api/v1/status/config': page(401, 'Unauthorized', { 'www-authenticate': 'Basic' }), 'GET /api/v1/labels': page(401) },
    expect: 'pass',
  },
  {
    name: 'a login page of something else, behind another port',
    door: { port: 8080 },
    greeting: { http: 'plain' },
    answers: { 'GET /api/v1/status/config': page(401) },
    otherwise: page(401),
    expect: 'nothing',
  },
  ...usualCases,
];
