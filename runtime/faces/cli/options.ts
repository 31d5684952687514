/** The flags of commands, as they come from the command line. */

export interface CommonOptions {
  readonly project?: string;
  readonly color?: string;
}

export interface QueryOptions extends CommonOptions {
  readonly by?: readonly string[];
  readonly period?: string;
  readonly where?: string;
  readonly having?: string;
  readonly compare?: readonly string[];
  readonly likeForLike?: boolean;
  readonly order?: readonly string[];
  readonly limit?: number;
  readonly asOf?: string;
  readonly as?: string;
  readonly user?: readonly string[];
  readonly sparse?: boolean;
  readonly complete?: readonly string[];
}

export interface RunningOptions extends QueryOptions {
  readonly format: string;
  readonly profile?: string;
  readonly timeout?: number;
  readonly table?: string;
  readonly out?: string;
}

/** What is asked as a role. */
export interface RoleOptions extends CommonOptions {
  readonly user?: readonly string[];
  readonly asOf?: string;
  readonly profile?: string;
  readonly timeout?: number;
}

export interface WhyOptions extends RunningOptions {
  readonly threshold?: string;
}

export interface ExplainOptions extends QueryOptions {
  readonly dialect: string;
  readonly realism?: boolean;
  readonly profile?: string;
}

export interface GenerateOptions extends CommonOptions {
  readonly out?: string;
  readonly as?: string;
  readonly check?: boolean;
}

export interface FreezeOptions extends CommonOptions {
  readonly asOf?: string;
  readonly profile?: string;
  readonly timeout?: number;
}

export interface LockOptions extends CommonOptions {
  readonly check?: boolean;
}

export interface DiffOptions extends CommonOptions {
  readonly against: string;
  readonly failOn?: readonly string[];
  readonly format?: readonly string[];
  readonly out?: string;
  readonly data?: boolean;
  readonly period?: string;
  readonly by?: readonly string[];
  readonly threshold?: readonly string[];
  readonly asOf?: string;
  readonly profile?: string;
  readonly timeout?: number;
}

export interface ValidateOptions extends CommonOptions {
  readonly format?: readonly string[];
  readonly maxWarnings?: number;
  readonly fix?: boolean;
  readonly watch?: boolean;
  readonly warehouse?: boolean;
  readonly profile?: string;
  readonly timeout?: number;
}

export interface TestOptions extends CommonOptions {
  readonly format?: readonly string[];
  readonly watch?: boolean;
}

/** The items of a list with commas; a comma inside brackets or quotes parts nothing. */
export function listItems(text: string): readonly string[] {
  const items = [''];
  let depth = 0;
  for (const [piece] of text.matchAll(/'[^']*'?|"[^"]*"?|./gs)) {
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    if (piece === ',' && depth <= 0) items.push('');
    else items.push(`${items.pop() ?? ''}${piece}`);
  }
  return items.map(item => item.trim()).filter(item => item !== '');
}
