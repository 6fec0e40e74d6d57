"""The strategies by the word that an event gives them: what happens to the old version, and when."""

from collections.abc import Mapping

from flink_deployer.event import Strategy
from flink_deployer.strategies.base import StrategyRules
from flink_deployer.strategies.blue_green import BlueGreen
from flink_deployer.strategies.carry_over import CarryOver
from flink_deployer.strategies.recreate import Recreate
from flink_deployer.strategies.replace import Replace

STRATEGIES: Mapping[Strategy, StrategyRules] = {
    "carry_over": CarryOver(),
    "replace": Replace(),
    "blue_green": BlueGreen(),
    "recreate": Recreate(),
}
