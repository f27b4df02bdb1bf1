import type { Remarks } from '../diagnostics';
import { replacing } from '../diagnostics';
import { walkCondition } from '../tree';
import { matchesOf } from '../lower/resolve';
import type { Section } from '../lower/section';

/** Quantifiers that say less than they seem to: over one identifier, without a star, or over everything. */
export function lintConditions({ conditions, resolver }: Section, remarks: Remarks): void {
  for (const { condition, place } of conditions) {
    walkCondition(condition, (leaf) => {
      if (leaf.kind !== 'of') return;
      const span = place(leaf.span);
      const matches = matchesOf(resolver, leaf.pattern);
      if (matches === null) return;
      if (leaf.pattern === 'them') {
        if (matches.length === 1)
          remarks.remark(
            'sigma/idle-quantifier',
            span,
            'There is one search identifier only; name it.',
            replacing(`Write ${matches[0]!.name}`, span, matches[0]!.name),
          );
        else if (leaf.every && matches.length > 1)
          remarks.remark('sigma/all-of-them', span, '`all of them` changes its meaning with every identifier that is added; name them, or use a pattern.');
      } else if (!leaf.pattern.includes('*')) {
        if (matches.length === 1)
          remarks.remark(
            'sigma/idle-quantifier',
            span,
            `Without a star this is \`${leaf.pattern}\` itself.`,
            replacing(`Write ${leaf.pattern}`, span, leaf.pattern),
          );
      } else if (matches.length === 1 && !/^(?:selection|filter)/.test(leaf.pattern)) {
        remarks.remark('sigma/idle-quantifier', span, `Only \`${matches[0]!.name}\` fits this pattern.`);
      }
    });
  }
}
