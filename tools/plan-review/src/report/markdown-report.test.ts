import { review } from "../review";
import { contextOf, planOf, updated } from "../testing/plans";
import { markdownReport } from "./markdown-report";

describe("the report in Markdown", () => {
  it("renders no details of changes that are left out", () => {
    let rendered = 0;
    const change = {
      ...updated("aws_vpc", { cidr_block: "10.0.0.0/16" }, { cidr_block: "10.1.0.0/16" }),
      // Nothing but the rendering of a change's details reads this.
      get replacePaths() {
        rendered++;
        return [];
      },
    };
    const stacks = Array.from({ length: 200 }, (_, index) => {
      const plan = planOf(`lob-${index}`, []);
      const resource = Object.create(change, {
        stack: { value: plan.stack },
      }) as (typeof plan.resources)[number];
      return { ...plan, resources: [resource] };
    });
    const { config } = contextOf();
    const report = markdownReport(review({ stacks, config }, []), config, { limit: 50_000 });
    const shown = report.split("10.1.0.0/16").length - 1;
    expect(shown).toBeLessThan(190);
    expect(shown).toBeGreaterThan(10);
    expect(rendered).toBeLessThanOrEqual(shown + 1);
  });
});
