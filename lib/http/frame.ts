import { timeOf } from '../core/time.ts';
import { traceOf } from '../core/trace.ts';
import type { Clock } from '../ports/clock.ts';
import { finished, problemAnswer } from './answers.ts';
import { type ApiRequest, type Part, routeOf } from './exchange.ts';
import type { Log } from './log.ts';
import { examinePath, pathOf } from './paths.ts';
import { asRefusal } from './refusal.ts';

/** What surrounds every request: its id, a path that can be trusted, and an answer that is complete, whatever happened. */
export const frame = (clock: Clock, log: Log): Part => {
  const finish = (request: ApiRequest): void => {
    const { requestId, http } = request.event.requestContext;
    if (!request.response) return;
    request.response = finished(request.response, requestId, http.method);
    const ms = timeOf(clock.now()) - timeOf(String((request.internal as { startedAt?: string }).startedAt ?? clock.now()));
    log('info', 'REQUEST_DONE', {
      requestId,
      method: http.method,
      route: routeOf(request) ?? '-',
      status: request.response.statusCode,
      ms,
    });
  };
  return {
    before: ({ event, internal }) => {
      Object.assign(internal, { startedAt: clock.now() });
      const context = event.requestContext;
      context.requestId ||= clock.id();
      event.headers ??= {};
      // only what the router finds in the path counts
      event.pathParameters = {};
      context.http.path = pathOf(event);
      examinePath(context.http.path);
    },
    after: finish,
    onError: (request) => {
      const { requestId } = request.event.requestContext;
      const refusal = asRefusal(request.error);
      if (refusal.code === 'internal-error')
        log('error', 'REQUEST_BROKEN', { requestId, route: routeOf(request) ?? '-', ...traceOf(request.error) });
      request.response = problemAnswer(refusal, requestId);
      finish(request);
    },
  };
};
