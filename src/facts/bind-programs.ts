import { DATA_SCIENCE_PROGRAMS } from './bind-data-science.ts';
import { DATABASES } from './bind-databases.ts';
import { DOTNET_AND_GO_PROGRAMS } from './bind-dotnet-go.ts';
import { GATEWAY_PROGRAMS } from './bind-gateways.ts';
import { JAVA_SERVERS } from './bind-java-servers.ts';
import { JVM_PROGRAMS } from './bind-jvm.ts';
import { NODE_PROGRAMS } from './bind-node.ts';
import { OBSERVABILITY_PROGRAMS } from './bind-observability.ts';
import { PLATFORM_PROGRAMS } from './bind-platform.ts';
import type { ProgramFact } from './bind-program.ts';
import { PYTHON_PROGRAMS } from './bind-python.ts';
import { QUEUES_AND_COORDINATION } from './bind-queues.ts';
import { SCRIPTING_PROGRAMS } from './bind-scripting.ts';
import { SEARCH_AND_STORAGE } from './bind-search.ts';
import { WEB_SERVERS } from './bind-web-servers.ts';

/** The bind catalogue: every program whose settings are known, by family. */
export const PROGRAMS: readonly ProgramFact[] = [
  ...PYTHON_PROGRAMS,
  ...DATA_SCIENCE_PROGRAMS,
  ...JVM_PROGRAMS,
  ...JAVA_SERVERS,
  ...NODE_PROGRAMS,
  ...SCRIPTING_PROGRAMS,
  ...DOTNET_AND_GO_PROGRAMS,
  ...WEB_SERVERS,
  ...GATEWAY_PROGRAMS,
  ...DATABASES,
  ...SEARCH_AND_STORAGE,
  ...QUEUES_AND_COORDINATION,
  ...OBSERVABILITY_PROGRAMS,
  ...PLATFORM_PROGRAMS,
];
