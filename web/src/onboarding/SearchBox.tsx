import { useId } from "react";
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from "react-aria-components";
import { Wrongness } from "../kit/Field.tsx";
import { Matched } from "../kit/Matched.tsx";
import { Chip } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";

export type BoxItem = { key: string; title: string; codes: string[]; ended: boolean };

/** As-you-type search in a registry: name first, codes below. What has ended is shown, and refused when chosen. */
export const SearchBox = ({
  label,
  help,
  typed,
  onType,
  items,
  emptyText,
  wrong,
  onChoose,
  fieldRef,
}: {
  label: string;
  help?: string;
  typed: string;
  onType: (text: string) => void;
  items: BoxItem[];
  emptyText: string;
  wrong: string | null;
  onChoose: (key: string) => void;
  fieldRef?: React.Ref<HTMLInputElement>;
}) => {
  const { search: say } = useWords().screens.onboarding;
  const errorId = useId();
  return (
    <>
      <ComboBox
        className="combo"
        items={items}
        inputValue={typed}
        onInputChange={onType}
        onSelectionChange={(key) => {
          if (key !== null) onChoose(String(key));
        }}
        defaultFilter={() => true}
        menuTrigger="input"
        allowsEmptyCollection
        allowsCustomValue
        isInvalid={wrong !== null}
      >
        <Label>{label}</Label>
        <Input className="input" ref={fieldRef} maxLength={100} aria-describedby={wrong ? errorId : undefined} />
        {help ? (
          <Text slot="description" className="hint">
            {help}
          </Text>
        ) : null}
        <Popover className="options" offset={4}>
          <ListBox<BoxItem> aria-label={say.suggestions} renderEmptyState={() => <p className="none">{emptyText}</p>}>
            {(one) => (
              <ListBoxItem id={one.key} textValue={one.title} className="option">
                <span>
                  <b>
                    <Matched text={one.title} search={typed} />
                  </b>
                  <small>
                    {one.codes.map((code, n) => (
                      <span key={code}>
                        {n > 0 ? " · " : ""}
                        <span className="code">
                          <Matched text={code} search={typed} />
                        </span>
                      </span>
                    ))}
                  </small>
                </span>
                {one.ended ? <Chip tone="neutral">{say.ended}</Chip> : null}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      <div role="alert">{wrong ? <Wrongness id={errorId} message={wrong} /> : null}</div>
    </>
  );
};
