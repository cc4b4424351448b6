import { App, type AppProps, type Environment, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { DataStack } from './data-stack.ts';
import { ServiceStack } from './service-stack.ts';
import { readSettings } from './settings.ts';

/** What the CDK's command line found out; without an account (in CI) it says a region only. */
const currentEnvironment = (): Environment => ({ account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION });

/** The whole deployment. Synthesis needs no account: nothing is looked up. It fails when cdk-nag finds what nobody gave a reason for. */
export const createApp = (props: AppProps = {}, env: Environment = currentEnvironment()): App => {
  const app = new App(props);
  const settings = readSettings(app.node);
  const data = new DataStack(app, `${settings.name}Data`, { settings, env });
  new ServiceStack(app, `${settings.name}Service`, { settings, data, env });
  Tags.of(app).add('application', 'gatehouse');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
};
