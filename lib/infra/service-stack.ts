import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic.ts';
import { Alarms } from './alarms.ts';
import { Overview } from './dashboard.ts';
import type { DataStack } from './data-stack.ts';
import { Deliveries } from './deliveries.ts';
import { Events } from './events.ts';
import { GatehouseFunction } from './gatehouse-function.ts';
import { HttpEndpoint } from './http-endpoint.ts';
import { Minute } from './minute.ts';
import { Network } from './network.ts';
import { ScanRuns } from './scan-runs.ts';
import type { Settings } from './settings.ts';
import { SignIn } from './sign-in.ts';
import { StoredSecrets } from './stored-secrets.ts';

export interface ServiceProps extends StackProps {
  readonly settings: Settings;
  readonly data: DataStack;
}

/** What runs: four functions, the clock, the API, events and alarms. Can be removed and deployed again; the data stays. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, { settings, data, ...props }: ServiceProps) {
    super(scope, id, { ...props, description: 'Gatehouse: functions, API, schedules and alarms' });
    const { key } = data.encryption;
    const { logDays, notify } = settings;
    const { topic } = new AlarmTopic(this, 'AlarmTopic', { key, email: settings.alarmEmail });
    const alarms = new Alarms(this, 'Alarms', topic);
    const network = settings.vpcId ? new Network(this, 'Network', { ...settings, vpcId: settings.vpcId }) : undefined;
    const secrets = new StoredSecrets(this, 'StoredSecrets', { key, deployment: settings.name });
    const events = new Events(this, 'Events', { key, notify });
    const signIn = new SignIn(this, 'SignIn', settings);
    const common = { key, logDays, alarms };

    const deliver = new GatehouseFunction(this, 'Deliver', {
      ...common,
      name: 'deliver',
      description: 'Gatehouse: tells one webhook or release system, durably',
      placement: network,
    });
    data.records.allowChangingRecordsOf(deliver, 'PROJECT#', 'CLUSTER#');
    data.evidence.allowReadingEvaluations(deliver);
    secrets.allowReadingOfWebhooks(deliver);
    secrets.allowTelling(deliver);
    signIn.tellNetworks(deliver);
    const deliveries = new Deliveries(this, 'Deliveries', deliver);

    const scan = new GatehouseFunction(this, 'Scan', {
      ...common,
      name: 'scan',
      description: 'Gatehouse: runs one scan of one cluster, durably',
      placement: network,
    });
    data.records.allowReadingAndWriting(scan);
    data.evidence.allowWriting(scan);
    data.evidence.allowReading(scan);
    data.signing.allowSigning(scan);
    secrets.allowReadingAndForgetting(scan);
    events.allowPublishing(scan);
    deliveries.allowStarting(scan);
    signIn.tellNetworks(scan);

    const runs = new ScanRuns(this, 'ScanRuns', scan);
    const dispatch = new GatehouseFunction(this, 'Dispatch', {
      ...common,
      name: 'dispatch',
      description: 'Gatehouse: starts the scans that are due, every minute',
    });
    data.records.allowReadingAndWriting(dispatch);
    data.shortLived.allowReadingAndWriting(dispatch);
    data.evidence.allowRemoving(dispatch);
    secrets.allowForgetting(dispatch);
    events.allowPublishing(dispatch);
    deliveries.allowStarting(dispatch);
    runs.allowStarting(dispatch);

    const api = new GatehouseFunction(this, 'Api', { ...common, name: 'api', description: 'Gatehouse: HTTP API', placement: network });
    data.records.allowReadingAndWriting(api);
    data.shortLived.allowReadingAndWriting(api);
    data.evidence.allowReading(api);
    data.signing.allowReadingPublicKey(api);
    secrets.allowReadingAndWriting(api);
    events.allowPublishing(api);
    deliveries.allowStarting(api);
    runs.allowStarting(api);
    signIn.tellNetworks(api);
    signIn.tellPeople(api);

    new Minute(this, 'Minute', { dispatch, alarms });
    new HttpEndpoint(this, 'Http', { ...settings, ...common, api });
    alarms.watchSchedules(dispatch.alias);
    alarms.watchScans(settings.failedScans);
    new Overview(this, 'Overview', { alarms, functions: [scan, dispatch, api, deliver] });
  }
}
