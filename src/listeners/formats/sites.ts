import { bare, LONGEST_LINE, MOST_ENTRIES, type Entry } from './entry.ts';

/**
 * Blocks that begin with the addresses they answer to, as in a Caddyfile and a Corefile: `example.com:8080 {`. The address
 * chooses the port and `bind` inside the interface. One site for each port: `site.0.port`, `site.0.bind`, `site.0.NAME`; a
 * site that binds nothing is everywhere, or where `default_bind` of the options says. Options (a block without addresses)
 * are `global.NAME`.
 */
export function sitesEntries(text: string): Entry[] {
  const reader = new SitesReader();
  text.split('\n').forEach((line, number) => {
    if (line.length <= LONGEST_LINE) reader.line(line.replace(/(?:^|\s)#.*/, '').trim(), number);
  });
  return reader.close();
}

interface Setting {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

interface Site {
  readonly labels: readonly string[];
  readonly line: number;
  readonly settings: Setting[];
}

class SitesReader {
  readonly #sites: Site[] = [];
  readonly #global: Setting[] = [];
  #open: Setting[] | undefined;
  #depth = 0;
  #count = 0;

  line(text: string, number: number): void {
    if (text === '' || this.#count >= MOST_ENTRIES) return;
    this.#count += 1;
    const opens = text.endsWith('{');
    if (this.#depth === 0 && opens) {
      this.#begin(text.slice(0, -1).trim(), number);
      this.#depth = 1;
      return;
    }
    if (this.#depth === 0 && this.#open === undefined) {
      // A file of one site needs no braces, and one that others import has no address.
      const isAddress = /^[^\s,]*[.:*][^\s,]*(?:,|$)/.test(text);
      this.#begin(isAddress ? text : 'imported', number);
      if (isAddress) return;
    }
    const [name = '', ...rest] = text.split(/\s+/);
    if (!name.startsWith('}'))
      this.#open?.push({ name, value: bare(rest.join(' ').replace(/\s*\{$/, '')), line: number });
    if (opens) this.#depth += 1;
    if (text.startsWith('}') || text.endsWith('}')) this.#depth = Math.max(0, this.#depth - 1);
  }

  #begin(label: string, line: number): void {
    if (label === '') {
      this.#open = this.#global;
      return;
    }
    const site: Site = { labels: label.split(/[,\s]+/), line, settings: [] };
    // `(name)` is a snippet, which only counts where it is imported.
    if (!label.startsWith('(')) this.#sites.push(site);
    this.#open = site.settings;
  }

  close(): Entry[] {
    const entries = this.#global.map((setting) => entry(['global', setting.name], setting));
    let index = 0;
    for (const site of this.#sites) {
      for (const port of portsOf(site.labels)) {
        if (entries.length > MOST_ENTRIES) break;
        const key = ['site', String(index)];
        index += 1;
        if (port !== undefined) entries.push(entry([...key, 'port'], { value: port, line: site.line }));
        entries.push(...this.#settingsOf(site).map((setting) => entry([...key, setting.name], setting)));
      }
    }
    return entries.slice(0, MOST_ENTRIES);
  }

  #settingsOf({ settings, line }: Site): Setting[] {
    if (settings.some(({ name }) => name === 'bind')) return settings;
    const usual = this.#global.find(({ name }) => name === 'default_bind');
    return [...settings, { name: 'bind', value: usual?.value ?? '*', line: usual?.line ?? line }];
  }
}

function entry(key: string[], { value, line }: Omit<Setting, 'name'>): Entry {
  return { key, value, line: () => line };
}

/** The ports of a site's addresses; `undefined` for one that names none. */
function portsOf(labels: readonly string[]): Set<string | undefined> {
  return new Set(
    labels
      .filter((label) => label !== '')
      .map((label) => {
        const port = /:(\d{1,5}|\{\$[^{}]{1,80}\})(?:\/|$)/.exec(label)?.[1];
        return port ?? (label.startsWith('http://') ? '80' : undefined);
      }),
  );
}
