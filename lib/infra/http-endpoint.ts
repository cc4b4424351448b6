import { CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Alarms } from './alarms.ts';
import type { GatehouseFunction } from './gatehouse-function.ts';

export interface HttpEndpointProps {
  readonly api: GatehouseFunction;
  readonly key: IKey;
  readonly logDays: RetentionDays;
  readonly alarms: Alarms;
  readonly requestsPerSecond: number;
  readonly burst: number;
}

/** What is written of each request: who asked for what and how it went, no headers and no query. */
const accessFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    at: '$context.requestTime',
    address: '$context.identity.sourceIp',
    method: '$context.httpMethod',
    path: '$context.path',
    status: '$context.status',
    bytes: '$context.responseLength',
    ms: '$context.responseLatency',
    failure: '$context.integrationErrorMessage',
  }),
);

/** The HTTP API: throttled, logged, without CORS (no other site's browser code may call it). All routes lead to one function, which knows the real ones and authenticates each call. */
export class HttpEndpoint extends Construct {
  constructor(scope: Construct, id: string, { api, key, logDays, alarms, requestsPerSecond, burst }: HttpEndpointProps) {
    super(scope, id);
    const http = new HttpApi(this, 'Api', { description: 'Gatehouse API v1', createDefaultStage: false });
    const logs = new LogGroup(this, 'AccessLogs', { retention: logDays, encryptionKey: key, removalPolicy: RemovalPolicy.RETAIN });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: http,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: requestsPerSecond, burstLimit: burst },
      accessLogSettings: { destination: new LogGroupLogDestination(logs), format: accessFormat },
    });
    const [route] = http.addRoutes({
      path: '/{proxy+}',
      methods: [HttpMethod.ANY],
      integration: new HttpLambdaIntegration('Function', api.alias),
    });
    if (route)
      acknowledge(
        route,
        'APIG4',
        'The function authenticates every route itself: people by OIDC, pipelines by tokens and signed webhooks; an authorizer here knows one of the three. Routes without a caller (health, OpenAPI, sign-in) are in lib/api.',
      );
    alarms.watchApi(http.metricServerError());
    new CfnOutput(this, 'Url', { description: 'Where the API answers: `gatehouse login --server URL`', value: stage.url });
  }
}
