import { COLLECTORS } from './bind-collectors.ts';
import { COORDINATION_PROGRAMS } from './bind-coordination.ts';
import { DATA_PLATFORMS } from './bind-data-platforms.ts';
import { DATA_SCIENCE_PROGRAMS } from './bind-data-science.ts';
import { DATABASES } from './bind-databases.ts';
import { DOTNET_AND_GO_PROGRAMS } from './bind-dotnet-go.ts';
import { GATEWAY_PROGRAMS } from './bind-gateways.ts';
import { JAVA_SERVERS } from './bind-java-servers.ts';
import { JVM_PROGRAMS } from './bind-jvm.ts';
import { LOCAL_PROXIES } from './bind-local-proxies.ts';
import { NAME_SERVERS } from './bind-name-servers.ts';
import { NODE_APPLICATIONS } from './bind-node-applications.ts';
import { NODE_PROGRAMS } from './bind-node.ts';
import { OBSERVABILITY_PROGRAMS } from './bind-observability.ts';
import { PLATFORM_PROGRAMS } from './bind-platform.ts';
import { PYTHON_PROGRAMS } from './bind-python.ts';
import { MESSAGE_BROKERS } from './bind-queues.ts';
import { RELATIONAL_DATABASES } from './bind-relational-databases.ts';
import { SCRIPTING_PROGRAMS } from './bind-scripting.ts';
import { SEARCH_AND_STORAGE } from './bind-search.ts';
import { SELF_HOSTED_PROGRAMS } from './bind-self-hosted.ts';
import { WEB_SERVERS } from './bind-web-servers.ts';
import type { ProgramFact } from './bind-program.ts';

/** The bind catalogue: every program whose settings are known, by family. */
export const PROGRAMS: readonly ProgramFact[] = [
  ...PYTHON_PROGRAMS,
  ...DATA_SCIENCE_PROGRAMS,
  ...JVM_PROGRAMS,
  ...JAVA_SERVERS,
  ...DATA_PLATFORMS,
  ...NODE_PROGRAMS,
  ...NODE_APPLICATIONS,
  ...SCRIPTING_PROGRAMS,
  ...DOTNET_AND_GO_PROGRAMS,
  ...WEB_SERVERS,
  ...GATEWAY_PROGRAMS,
  ...LOCAL_PROXIES,
  ...RELATIONAL_DATABASES,
  ...DATABASES,
  ...SEARCH_AND_STORAGE,
  ...MESSAGE_BROKERS,
  ...COORDINATION_PROGRAMS,
  ...OBSERVABILITY_PROGRAMS,
  ...COLLECTORS,
  ...NAME_SERVERS,
  ...PLATFORM_PROGRAMS,
  ...SELF_HOSTED_PROGRAMS,
];
