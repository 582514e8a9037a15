/** @type {import("stylelint").Config} */
export default {
  extends: ["stylelint-config-standard"],
  rules: {
    // The colours of a theme are read one under the other.
    "color-hex-length": "long",
    // A group of custom properties is one block.
    "custom-property-empty-line-before": null,
    // Tablets of before 2023 know no `width <= 40rem`.
    "media-feature-range-notation": "prefix",
    // A sheet goes down the page, part by part, with what is special of a part beside it.
    "no-descending-specificity": null,
    // Django's admin has names of its own; ours are kebab-case.
    "selector-class-pattern": [
      "^([a-z][a-z0-9]*)(-[a-z0-9]+)*$|^has_original$|^vCheckboxLabel$",
      {},
    ],
    // Names of colours and fonts are written as their makers write them.
    "value-keyword-case": ["lower", { camelCaseSvgKeywords: true, ignoreKeywords: ["Georgia"] }],
    // Safari knows these two only so.
    "property-no-vendor-prefix": [
      true,
      { ignoreProperties: ["-webkit-box-decoration-break", "-webkit-text-size-adjust"] },
    ],
  },
};
