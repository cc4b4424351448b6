import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'an anonymous administrator',
    greeting: { http: 'plain' },
    answers: {
      'GET /api/health': page(200, '{\n  "commit": "f00",\n  "database": "ok",\n  "version": "11.1.0"\n}'),
      'GET /api/org': page(200, '{"id":1,"name":"Main Org.","address":{}}'),
      'GET /api/datasources': page(200, '[{"id":1,"url":"http://prometheus","basicAuthUser":"hunter2"}]'),
    },
    expect: 'fail',
    severity: 'high',
    hides: 'hunter2',
  },
  {
    name: 'an anonymous viewer',
    greeting: { http: 'plain' },
    answers: {
      'GET /api/health': page(200, '{\n  "commit": "f00",\n  "database": "ok",\n  "version": "11.1.0"\n}'),
      'GET /api/org': page(200, '{"id":1,"name":"Main Org.","address":{}}'),
      'GET /api/datasources': page(403, '{"message":"You\'ll need additional permissions to perform this action."}'),
    },
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'asks for a login',
    greeting: { http: 'tls' },
    answers: {
      'GET /api/health over TLS': page(200, '{\n  "commit": "f00",\n  "database": "ok",\n  "version": "11.1.0"\n}'),
      'GET /api/org over TLS': page(401, '{"message":"Unauthorized"}'),
      'GET /api/datasources over TLS': page(401, '{"message":"Unauthorized"}'),
    },
    expect: 'pass',
  },
  {
    name: 'health alone',
    greeting: { http: 'plain' },
    answers: { 'GET /api/health': page(200, '{\n  "commit": "f00",\n  "database": "ok",\n  "version": "11.1.0"\n}') },
    otherwise: page(404),
    expect: 'not-applicable',
  },
  {
    name: 'lists of other software',
    greeting: { http: 'plain' },
    answers: { 'GET /api/org': page(200, '{"id":1,"name":"Shop"}'), 'GET /api/datasources': page(200, '[]') },
    otherwise: page(404),
    expect: 'nothing',
  },
  ...usualCases,
];
