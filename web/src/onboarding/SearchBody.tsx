import { api } from "@area/api";
import { useId, useState } from "react";
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from "react-aria-components";
import { type ItemOf, useCall } from "../kit/call.ts";
import { Wrongness } from "../kit/Field.tsx";
import { Matched } from "../kit/Matched.tsx";
import { Chip } from "../kit/pieces.tsx";
import { useSettled } from "../kit/useSettled.ts";
import { useWords } from "../kit/words.tsx";

export type Found = ItemOf<typeof api.registries.search>;

/** As-you-type search in the registry. Ended bodies are shown, and refused when chosen. */
export const SearchBody = ({
  onChoose,
  missing,
  fieldRef,
}: {
  onChoose: (found: Found) => void;
  missing: boolean;
  fieldRef: React.Ref<HTMLInputElement>;
}) => {
  const { screens } = useWords();
  const say = screens.onboarding.search;
  const errorId = useId();
  const [typed, setTyped] = useState("");
  const [refused, setRefused] = useState<Found | null>(null);
  const search = useSettled(typed.trim());
  const found = useCall(
    api.registries.search,
    { query: { search, limit: 20 } },
    { enabled: search.length >= 2, keepPrevious: true },
  );
  const items = search.length >= 2 ? (found.data?.items ?? []) : [];
  const emptyText =
    typed.trim().length < 2
      ? say.typeMore
      : found.isError
        ? say.failed
        : found.isFetching || search !== typed.trim()
          ? say.searching
          : say.none(search);
  const wrong = refused ? say.endedRefusal(refused.name) : missing ? say.mustChoose : null;
  const choose = (key: React.Key | null) => {
    const one = items.find((item) => item.ipaCode === key);
    if (!one) return;
    if (one.state === "ended") {
      setRefused(one);
      setTyped(one.name);
      return;
    }
    setRefused(null);
    onChoose(one);
  };
  return (
    <>
      <ComboBox
        className="combo"
        items={items}
        inputValue={typed}
        onInputChange={(text) => {
          setTyped(text);
          if (refused && text !== refused.name) setRefused(null);
        }}
        onSelectionChange={choose}
        defaultFilter={() => true}
        menuTrigger="input"
        allowsEmptyCollection
        allowsCustomValue
        isInvalid={wrong !== null}
      >
        <Label>{say.label}</Label>
        <Input className="input" ref={fieldRef} maxLength={100} aria-describedby={wrong ? errorId : undefined} />
        <Text slot="description" className="hint">
          {say.help}
        </Text>
        <Popover className="options" offset={4}>
          <ListBox<Found> aria-label={say.suggestions} renderEmptyState={() => <p className="none">{emptyText}</p>}>
            {(one) => (
              <ListBoxItem id={one.ipaCode} textValue={one.name} className="option">
                <span>
                  <b>
                    <Matched text={one.name} search={search} />
                  </b>
                  <small>
                    <span className="code">
                      <Matched text={one.taxCode} search={search} />
                    </span>{" "}
                    ·{" "}
                    <span className="code">
                      <Matched text={one.ipaCode} search={search} />
                    </span>
                    {one.city ? ` · ${one.city}` : ""}
                  </small>
                </span>
                {one.state === "ended" ? <Chip tone="neutral">{say.ended}</Chip> : null}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      <div role="alert">{wrong ? <Wrongness id={errorId} message={wrong} /> : null}</div>
    </>
  );
};
